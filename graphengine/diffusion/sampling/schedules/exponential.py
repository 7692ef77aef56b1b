"""Schedules that are even in log sigma, or in a power of it."""

import math

from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.diffusion.sampling.schedules.schedule import check_steps, ending_in_zero, ramp
from graphengine.diffusion.sampling.sigmas import Sigmas


def exponential(levels: NoiseLevels, steps: int) -> Sigmas:
    """Evenly spaced in log sigma (Lu et al. 2022, DPM-Solver)."""
    return polyexponential(levels, steps, rho=1.0)


def polyexponential(levels: NoiseLevels, steps: int, rho: float = 1.0) -> Sigmas:
    """The power rho of an even ramp in log sigma; above 1 it has more steps at low noise (k-diffusion)."""
    check_steps(steps)
    low, high = math.log(levels.sigma_min), math.log(levels.sigma_max)
    return ending_in_zero((low + (1 - ramp(steps)) ** rho * (high - low)).exp(), levels.scale)
