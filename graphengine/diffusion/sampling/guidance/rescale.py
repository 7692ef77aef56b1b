"""Rescaled guidance."""

from dataclasses import dataclass

from torch import Tensor

from graphengine.diffusion.sampling.guidance.rule import Rule
from graphengine.diffusion.sampling.passes import Point


@dataclass(frozen=True)
class Rescale:
    """Give each image's velocity the standard deviation that it has without guidance, against overexposure.

    share: how far, 0 to 1. The velocity is v where x = x_0 + sigma eps, as in the paper and whatever the
    network predicts, and eps - x_0 in flow matching. Source: Lin et al. 2023, eq. 15 and 16, phi as `share`.
    """

    share: float = 0.7

    title = "rescaling"

    def check(self, rule: Rule) -> None:
        """Every rule's result has a deviation."""

    def modify(self, guided: Tensor, point: Point) -> Tensor:
        """The rescaled x_0."""
        # Up to a factor, which the ratio doesn't see, the velocity is x / k - x_0.
        k = 1.0 if point.passes.levels.scale == "flow" else point.sigma**2 + 1
        v, v_positive = point.x / k - guided, point.x / k - point.positive
        ratio = deviation(v_positive) / deviation(v)
        ratio = ratio.where(ratio.isfinite(), 1.0)  # a velocity that is the same everywhere has no deviation
        return point.x / k - v * (self.share * ratio + 1 - self.share)


def deviation(x: Tensor) -> Tensor:
    """Of each image's values, [b, c, h, w] in, [b, 1, 1, 1] out."""
    return x.std((1, 2, 3), keepdim=True)
