"""The one contract that samplers know, and the adapters that make a UNet keep it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule

Denoise = Callable[[Tensor, Tensor], Tensor]
"""A denoiser with its conditioning bound, as samplers call it: (x, sigma) -> x_0."""

Predict = Callable[[Tensor, Tensor, Tensor], Tensor]
"""What a network computes: (x of unit variance, timesteps [b], context [b, t, d]) -> its answer."""


class PairDenoise(Protocol):
    """A denoiser with its conditioning bound, for samplers that need both estimates (CFG++)."""

    def __call__(self, x: Tensor, sigma: Tensor) -> Tensor:
        """The guided x_0, as of a `Denoise`."""

    def pair(self, x: Tensor, sigma: Tensor) -> tuple[Tensor, Tensor]:
        """The guided x_0 and the unconditional one, both in x's shape and dtype."""


class Denoiser(Protocol):
    """Estimates the clean latent in x = x_0 + sigma * eps, given what the picture should show."""

    def __call__(self, x: Tensor, sigma: Tensor, context: Tensor) -> Tensor:
        """x: [b, c, h, w]; sigma: 0-d, on the CPU; context: [b, t, d]. Returns x_0 in x's shape and dtype."""


@dataclass(frozen=True)
class EpsilonDenoiser:
    """From a network that predicts the noise, as Stable Diffusion 1's does (Ho et al. 2020, eq. 15)."""

    unet: Predict
    noise_schedule: NoiseSchedule
    dtype: torch.dtype = torch.float32
    """Precision of the network. The latent keeps its own."""

    def __call__(self, x: Tensor, sigma: Tensor, context: Tensor) -> Tensor:
        """The clean latent, [b, c, h, w], at one noise level for all images."""
        eps = predict(self.unet, self.noise_schedule, self.dtype, x, sigma, context)
        return x - sigma * eps


@dataclass(frozen=True)
class VelocityDenoiser:
    """From a network that predicts v = sqrt(a) eps - sqrt(1 - a) x_0, as Stable Diffusion 2's does.

    Source: Salimans & Ho 2022, appendix D, with a as in the noise schedule.
    """

    unet: Predict
    noise_schedule: NoiseSchedule
    dtype: torch.dtype = torch.float32
    """Precision of the network. The latent keeps its own."""

    def __call__(self, x: Tensor, sigma: Tensor, context: Tensor) -> Tensor:
        """The clean latent, [b, c, h, w], at one noise level for all images."""
        v = predict(self.unet, self.noise_schedule, self.dtype, x, sigma, context)
        return x / (sigma**2 + 1) - v * (sigma / (sigma**2 + 1).sqrt())


def predict(
    unet: Predict,
    noise_schedule: NoiseSchedule,
    dtype: torch.dtype,
    x: Tensor,
    sigma: Tensor,
    context: Tensor,
) -> Tensor:
    """Ask the network about x: scaled to unit variance, at the timestep of sigma, fractions kept."""
    timesteps = noise_schedule.timestep_at(sigma).to(x.device).expand(len(x))
    scaled = x / (sigma**2 + 1).sqrt()
    return unet(scaled.to(dtype), timesteps, context.to(x.device, dtype)).to(x.dtype)
