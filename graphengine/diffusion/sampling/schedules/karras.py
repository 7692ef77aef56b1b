"""The schedule of EDM."""

from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.diffusion.sampling.schedules.schedule import check_steps, ending_in_zero, ramp
from graphengine.diffusion.sampling.sigmas import Sigmas


def karras(levels: NoiseLevels, steps: int, rho: float = 7.0) -> Sigmas:
    """Steps that shorten towards low noise, the more the higher rho is (Karras et al. 2022, eq. 5)."""
    check_steps(steps)
    low, high = levels.sigma_min ** (1 / rho), levels.sigma_max ** (1 / rho)
    return ending_in_zero((high + ramp(steps) * (low - high)) ** rho, levels.scale)
