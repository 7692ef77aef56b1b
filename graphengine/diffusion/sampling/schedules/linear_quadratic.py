"""A schedule for few steps of a flow model."""

import torch

from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.diffusion.sampling.schedules.schedule import check_steps, ending_in_zero
from graphengine.diffusion.sampling.sigmas import Sigmas


def linear_quadratic(levels: NoiseLevels, steps: int, threshold: float = 0.025) -> Sigmas:
    """Half the steps even and tiny, over a share `threshold` of sigma, the rest along a parabola to 0.

    The parabola begins with the slope of the even steps (Polyak et al. 2024, Movie Gen).
    """
    check_steps(steps)
    even = steps // 2
    walked = torch.arange(steps, dtype=torch.float64)
    if even == 0:
        return ending_in_zero(levels.sigma_max * (1 - walked), levels.scale)
    rest = steps - even
    slope = threshold / even * rest
    u = (walked - even) / rest
    share = torch.where(u < 0, threshold + slope * u, threshold + slope * u + (1 - threshold - slope) * u**2)
    return ending_in_zero(levels.sigma_max * (1 - share), levels.scale)
