"""Which noise levels to visit in a given number of steps."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import torch
from torch import Tensor

from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.diffusion.sampling.scale import Scale
from graphengine.diffusion.sampling.sigmas import Sigmas

Schedule = Callable[[NoiseLevels, int], Sigmas]
"""(what the model was trained on, steps) -> noise levels that end in 0."""


def normal(levels: NoiseLevels, steps: int) -> Sigmas:
    """Timesteps evenly spaced from the last to the first, both included."""
    check_steps(steps)
    timesteps = torch.linspace(levels.timesteps - 1, 0, steps)
    return ending_in_zero(levels.sigma_at(timesteps), levels.scale)


def karras(levels: NoiseLevels, steps: int, rho: float = 7.0) -> Sigmas:
    """Steps that shorten towards low noise (Karras et al. 2022, eq. 5)."""
    check_steps(steps)
    sigma_min, sigma_max = levels.sigma_min ** (1 / rho), levels.sigma_max ** (1 / rho)
    ramp = torch.linspace(0, 1, steps, dtype=torch.float64)
    return ending_in_zero((sigma_max + ramp * (sigma_min - sigma_max)) ** rho, levels.scale)


def simple(levels: NoiseLevels, steps: int) -> Sigmas:
    """Every (timesteps / steps)-th trained sigma, counted from the last and rounded to it."""
    check_steps(steps, levels.timesteps)
    back = torch.arange(steps) * levels.timesteps // steps
    return ending_in_zero(levels.sigmas[levels.timesteps - 1 - back], levels.scale)


def ddim_uniform(levels: NoiseLevels, steps: int) -> Sigmas:
    """Every (timesteps // steps)-th timestep from 1 up, as Stable Diffusion's first release spaced them."""
    check_steps(steps, levels.timesteps - 1)
    timesteps = 1 + torch.arange(steps) * (levels.timesteps // steps)
    return ending_in_zero(levels.sigmas[timesteps.flip(0)], levels.scale)


SCHEDULES: Mapping[str, Schedule] = MappingProxyType(
    {"normal": normal, "karras": karras, "simple": simple, "ddim_uniform": ddim_uniform}
)


def check_steps(steps: int, most: int | None = None) -> None:
    """Raise ValueError unless a schedule can have that many steps."""
    if steps < 1 or (most is not None and steps > most):
        limit = "1 or more" if most is None else f"between 1 and {most}"
        raise ValueError(f"The steps of this schedule must be {limit}, got {steps}.")


def ending_in_zero(values: Tensor, scale: Scale) -> Sigmas:
    """The levels in float32 with a last step down to no noise at all."""
    return Sigmas(torch.cat([values, values.new_zeros(1)]).float(), scale)
