"""A schedule with more steps at both ends."""

import torch

from graphengine.diffusion.sampling.beta_distribution import beta_quantile
from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.diffusion.sampling.schedules.schedule import check_steps, ending_in_zero
from graphengine.diffusion.sampling.sigmas import Sigmas


def beta(levels: NoiseLevels, steps: int, alpha: float = 0.6, beta: float = 0.6) -> Sigmas:
    """Timesteps at evenly spaced quantiles of Beta(alpha, beta) (Lee et al. 2024).

    Below 1, alpha gathers steps at low noise and beta at high noise. Timesteps are not rounded.
    """
    check_steps(steps)
    shares = 1 - torch.arange(steps, dtype=torch.float64) / steps
    timesteps = (levels.timesteps - 1) * beta_quantile(shares, alpha, beta)
    return ending_in_zero(levels.sigma_at(timesteps), levels.scale)
