"""A sampler with its name, and what it needs of those who drive it."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

from graphengine.diffusion.sampling.noise import NoiseKind
from graphengine.diffusion.sampling.samplers.step import Step

Method = Callable[..., Iterator[Step]]
"""(denoise, x at the first sigma, sigmas [steps + 1], noise) -> a step for each pair of neighbouring sigmas.

It works only as steps are asked for: whoever drives it shows progress and previews, and may stop early.
Its options are keyword-only, each with a default.
"""


@dataclass(frozen=True, kw_only=True)
class Sampler:
    """A way from noise to a latent, under the name that errors and menus show."""

    name: str
    method: Method
    noise: NoiseKind | None = None
    """What it draws in its steps; None for one that is deterministic."""
    scale: Literal["any", "exploding"] = "exploding"
    """Which x it takes: x_0 + sigma * eps alone, or also flow matching's own (1 - t) x_0 + t * eps."""
    pair: bool = False
    """Whether it asks its denoiser for a `PairDenoise.pair`."""

    @property
    def options(self) -> Mapping[str, Any]:
        """The method's options with the values they have now."""
        parameters = inspect.signature(self.method).parameters.values()
        return {each.name: each.default for each in parameters if each.kind is each.KEYWORD_ONLY}

    def with_options(self, **options: Any) -> "Sampler":
        """The same method with some options set; raises TypeError for one that it does not have."""
        if unknown := sorted(options.keys() - self.options.keys()):
            raise TypeError(f"Sampler '{self.name}' has no option {', '.join(unknown)}.")
        return replace(self, method=partial(self.method, **options))
