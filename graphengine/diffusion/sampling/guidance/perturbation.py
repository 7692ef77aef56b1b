"""Guidance away from what a weakened network predicts."""

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor

from graphengine.diffusion.models.patches import Attention
from graphengine.diffusion.sampling.guidance.interval import ALWAYS, Interval
from graphengine.diffusion.sampling.guidance.pieces import StartedTerm
from graphengine.diffusion.sampling.guidance.rule import POSITIVE, Rule
from graphengine.diffusion.sampling.passes import Passes, Point


@dataclass(frozen=True)
class Perturbation:
    """Adds scale * (x_0 - x_0 of a pass in which some attention layers are weakened), of the positive.

    layers: by name, see `Patches`.
    """

    attention: Attention
    layers: tuple[str, ...]
    scale: float
    interval: Interval = ALWAYS

    def check(self, rule: Rule) -> None:
        """Every rule has a positive."""

    def begin(self, passes: Passes) -> StartedTerm:
        """Have the weakened pass at hand."""
        weakened = passes.network.denoiser(dict.fromkeys(self.layers, self.attention))

        def at(point: Point) -> Callable[[], Tensor]:
            def term() -> Tensor:
                (perturbed,) = passes.ask(weakened, point.x, point.sigma, [POSITIVE])
                return self.scale * (point.positive - perturbed)

            return term

        return at


def perturbed_attention(
    scale: float, layers: tuple[str, ...] = ("middle",), interval: Interval = ALWAYS
) -> Perturbation:
    """PAG: the map of self attention is the identity (Ahn et al. 2024, section 4)."""
    return Perturbation("identity", layers, scale, interval)


def skip_layer(
    scale: float, layers: tuple[str, ...] = ("middle",), interval: Interval = ALWAYS
) -> Perturbation:
    """SLG: transformer blocks are left out (Hyung et al. 2025, section 3, and Stable Diffusion 3.5)."""
    return Perturbation("skipped", layers, scale, interval)
