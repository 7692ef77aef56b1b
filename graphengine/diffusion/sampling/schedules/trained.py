"""Noise levels that the model was trained on, every so many of them."""

import torch

from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.diffusion.sampling.schedules.schedule import check_steps, ending_in_zero
from graphengine.diffusion.sampling.sigmas import Sigmas


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
