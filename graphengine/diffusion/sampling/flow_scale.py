"""Flow matching in the coordinates x = x_0 + sigma * eps, for samplers that hold in no others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

import torch
from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise, PairDenoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers import Method, Step

NEAREST_TO_NOISE = 2.0**-12
"""1 - t in the place of t = 1, where sigma would be infinite: it is 4095 then."""


def through_exploding_scale(method: Method) -> Method:
    """A method that solves in x' = x / (1 - t) and sigma' = t / (1 - t), for sigmas = t in flow's scale.

    Of (1 - t) x_0 + t eps it makes x_0 + sigma' eps; both ODEs have the same paths.
    """

    def run(denoise: Denoise, x: Tensor, sigmas: Tensor, noise: NoiseSource) -> Iterator[Step]:
        scaled = ExplodingScale.of(denoise, sigmas)
        for step in method(scaled, scaled.enter(x, sigmas[0]), scaled.sigmas, noise):
            yield replace(step, sigma=scaled.t_of(step.sigma), x=step.x / (1 + step.sigma))

    return run


@dataclass(frozen=True)
class ExplodingScale:
    """A denoiser in flow's scale, for callers in the exploding one.

    t, sigmas: [steps + 1], the same levels in the two scales.
    """

    denoise: Denoise
    t: Tensor
    sigmas: Tensor

    @classmethod
    def of(cls, denoise: Denoise, t: Tensor) -> "ExplodingScale":
        """For the levels t; a level of noise alone is moved a little below 1, above its neighbour."""
        below = t[t < 1]
        room = (1 - below.max()) / 2 if len(below) else torch.tensor(NEAREST_TO_NOISE)
        t = t.clamp(max=1 - room.clamp(max=NEAREST_TO_NOISE))
        return cls(denoise, t, t / (1 - t))

    def __call__(self, x: Tensor, sigma: Tensor) -> Tensor:
        """The clean latent, [b, c, h, w]."""
        return self.denoise(x / (1 + sigma), self.t_of(sigma))

    def pair(self, x: Tensor, sigma: Tensor) -> tuple[Tensor, Tensor]:
        """Its guided and its unconditional clean latent, where `denoise` offers both."""
        return cast(PairDenoise, self.denoise).pair(x / (1 + sigma), self.t_of(sigma))

    def t_of(self, sigma: Tensor) -> Tensor:
        """t of a sigma: bit for bit that of the levels, where it is one of them."""
        same = self.sigmas == sigma
        return self.t[same][0] if same.any() else sigma / (1 + sigma)

    def enter(self, x: Tensor, t: Tensor) -> Tensor:
        """x of the first level t; where that is noise alone, as noise of the first sigma."""
        return self.sigmas[0] * x if t == 1 else x / (1 - t)
