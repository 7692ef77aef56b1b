"""The training objective of a latent diffusion model."""

from collections.abc import Callable

import torch
import torch.nn.functional as F
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
    """Mean squared error of the predicted noise, || eps - eps_theta(z_t, t, tau(y)) ||^2 (Rombach et al. 2022, eq. 3).

    x_0, eps: [b, c, h, w]; context: [b, t, d]; timesteps: [b], integers in 0..999. Returns a scalar.
    """
    x_t = schedule.diffuse(x_0, timesteps, eps)
    return F.mse_loss(predict(x_t, timesteps, context).float(), eps)


def stratified_timesteps(count: int, timesteps: int, generator: torch.Generator) -> Tensor:
    """One uniform timestep from each of `count` equal parts of the range, shuffled: [count].

    Uniform like independent draws, but the loss of a batch varies less.
    """
    offsets = torch.rand(count, generator=generator)
    drawn = ((torch.arange(count) + offsets) * (timesteps / count)).long().clamp(max=timesteps - 1)
    return drawn[torch.randperm(count, generator=generator)]
