"""The training objective of a latent diffusion model."""

from collections.abc import Callable

import torch
from torch import Tensor

from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule


def noise_prediction_loss(
    predict: Callable[[Tensor, Tensor, Tensor], Tensor],
    schedule: NoiseSchedule,
    x_0: Tensor,
    context: Tensor,
    timesteps: Tensor,
    eps: Tensor,
) -> Tensor:
    """Mean squared error of the predicted noise (Rombach et al. 2022, eq. 3).

    An error in the noise is an error in x_0 that grows with sigma, so plain weights hardly teach what only the
    noisiest latents can: to take the colour of a whole picture from the text. Each latent is weighted by
    max(1, sigma^2), the truncated signal-to-noise weighting of Salimans & Ho 2022, section 4.

    x_0, eps: [b, c, h, w]; context: [b, t, d]; timesteps: [b], integers in 0..999. Returns a scalar.
    """
    x_t = schedule.diffuse(x_0, timesteps, eps)
    error = (predict(x_t, timesteps, context).float() - eps).square().mean(dim=(1, 2, 3))  # b
    weight = schedule.sigmas.to(error)[timesteps].square().clamp(min=1)  # b
    return (weight * error).mean()


def stratified_timesteps(count: int, timesteps: int, generator: torch.Generator) -> Tensor:
    """One uniform timestep from each of `count` equal parts of the range, shuffled: [count].

    Uniform like independent draws, but the loss of a batch varies less.
    """
    offsets = torch.rand(count, generator=generator)
    drawn = ((torch.arange(count) + offsets) * (timesteps / count)).long().clamp(max=timesteps - 1)
    return drawn[torch.randperm(count, generator=generator)]
