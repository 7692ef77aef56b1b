"""The schedule of the continuous variance-preserving process."""

import math

from torch import Tensor

from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.diffusion.sampling.schedules.schedule import check_steps, ending_in_zero, ramp
from graphengine.diffusion.sampling.schedules.unsuitable import check_adds_noise
from graphengine.diffusion.sampling.sigmas import Sigmas


def vp(levels: NoiseLevels, steps: int, beta_d: float = 19.9, beta_min: float = 0.1) -> Sigmas:
    """Even times of the process with beta(t) = beta_d t + beta_min (Karras et al. 2022, table 1, VP).

    From the time of the model's most noise to that of its least.
    """
    check_steps(steps)
    check_adds_noise("vp", levels)
    first, last = (time_of(sigma, beta_d, beta_min) for sigma in (levels.sigma_max, levels.sigma_min))
    return ending_in_zero(sigma_of(first + ramp(steps) * (last - first), beta_d, beta_min), levels.scale)


def sigma_of(time: Tensor, beta_d: float, beta_min: float) -> Tensor:
    """Sigma at a time."""
    return (beta_d * time**2 / 2 + beta_min * time).expm1().sqrt()


def time_of(sigma: float, beta_d: float, beta_min: float) -> float:
    """The time of a sigma."""
    return (math.sqrt(beta_min**2 + 2 * beta_d * math.log1p(sigma**2)) - beta_min) / beta_d
