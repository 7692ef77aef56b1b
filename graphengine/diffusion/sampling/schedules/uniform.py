"""Evenly spaced timesteps, whole or not."""

import torch

from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.diffusion.sampling.schedules.schedule import check_steps, ending_in_zero
from graphengine.diffusion.sampling.sigmas import Sigmas


def normal(levels: NoiseLevels, steps: int) -> Sigmas:
    """From the last timestep to the first, both included, and on to 0."""
    check_steps(steps)
    timesteps = torch.linspace(levels.timesteps - 1, 0, steps, dtype=torch.float64)
    return ending_in_zero(levels.sigma_at(timesteps), levels.scale)


def sgm_uniform(levels: NoiseLevels, steps: int) -> Sigmas:
    """From the last timestep towards the first, in the place of which is 0: no step is lost to tiny noise.

    Lin et al. 2023, table 2, call it trailing; Stable Diffusion XL's code spaces like this.
    """
    check_steps(steps)
    timesteps = torch.linspace(levels.timesteps - 1, 0, steps + 1, dtype=torch.float64)[:-1]
    return ending_in_zero(levels.sigma_at(timesteps), levels.scale)
