"""A sampler with its name, and what it needs of those who drive it."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

from graphengine.diffusion.sampling.noise import NoiseKind
from graphengine.diffusion.sampling.samplers.step import Step
from graphengine.errors import mismatch

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
    rises: bool = False
    """Whether it also walks from less noise to more."""
    pair: bool = False
    """Whether it asks its denoiser for a `PairDenoise.pair`."""

    @property
    def options(self) -> Mapping[str, Any]:
        """The method's options with the values they have now."""
        parameters = inspect.signature(self.method).parameters.values()
        return {each.name: each.default for each in parameters if each.kind is each.KEYWORD_ONLY}

    def with_options(self, **options: Any) -> "Sampler":
        """The same method with some options set.

        Raises GraphEngineError for an option that it does not have, or a value outside the option's range.
        """
        parameters = inspect.signature(self.method).parameters
        for name, value in options.items():
            if name not in self.options:
                known = ", ".join(self.options) or "none"
                raise mismatch(
                    f"an option of sampler '{self.name}' ({known})", name, kind="bad_option", input=name
                )
            for limits in getattr(parameters[name].annotation, "__metadata__", ()):
                if value not in limits:
                    raise mismatch(
                        f"{limits} for sampler '{self.name}'", f"{value:g}", kind="out_of_range", input=name
                    )
        return replace(self, method=partial(self.method, **options))
