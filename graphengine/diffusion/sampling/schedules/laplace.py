"""A schedule that is dense around one noise level."""

import math

import torch
from torch import Tensor

from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.diffusion.sampling.scale import from_exploding, to_exploding
from graphengine.diffusion.sampling.schedules.schedule import check_steps, ending_in_zero, ramp
from graphengine.diffusion.sampling.sigmas import Sigmas


def laplace(levels: NoiseLevels, steps: int, mu: float = 0.0, beta: float = 0.5) -> Sigmas:
    """Evenly spaced quantiles of log sigma ~ Laplace(mu, beta), from the model's most noise to its least.

    The signal-to-noise ratio of Hang et al. 2024, table 1, cut to what the model was trained on. The smaller
    beta is, the denser it gets at sigma = e^mu.
    """
    check_steps(steps)
    high, low = to_exploding(torch.tensor([levels.sigma_max, levels.sigma_min]).double(), levels.scale)
    # Beyond mu the distribution has no memory: cut on one side of it, it is the same for any mu.
    mu = min(max(mu, low.log().item()), high.log().item())
    at_high, at_low = share_above(high, mu, beta), share_above(low, mu, beta)
    values = sigma_with_share(torch.lerp(at_high, at_low, ramp(steps)), mu, beta).clamp(low, high)
    return ending_in_zero(from_exploding(values, levels.scale), levels.scale)


def share_above(sigma: Tensor, mu: float, beta: float) -> Tensor:
    """The probability of more noise than sigma."""
    half = 0.5 * (-(sigma.log() - mu).abs() / beta).exp()
    return torch.where(sigma > math.exp(mu), half, 1 - half)


def sigma_with_share(share: Tensor, mu: float, beta: float) -> Tensor:
    """The sigma that is exceeded with this probability."""
    below = (2 * share.clamp(max=0.5)).log()
    above = (2 * (1 - share).clamp(max=0.5)).log()
    return (mu + beta * (above - below)).exp()
