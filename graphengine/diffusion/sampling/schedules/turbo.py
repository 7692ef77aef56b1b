"""The schedule of distilled models that need one to four steps."""

import torch

from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.diffusion.sampling.schedules.schedule import check_steps, ending_in_zero
from graphengine.diffusion.sampling.sigmas import Sigmas

LEVELS = 10
"""Timesteps 999, 899 ... 99 of a thousand."""


def turbo(levels: NoiseLevels, steps: int, strength: float = 1.0) -> Sigmas:
    """As many of ten even timesteps as there are steps, then at once to 0, as SD-Turbo's code does.

    strength: where to begin among the ten, to change a picture in part: 1 is noise alone, 0 leaves it.
    Source: Sauer et al. 2023.
    """
    start = LEVELS - round(LEVELS * strength)
    if start == LEVELS:
        return ending_in_zero(torch.zeros(0), levels.scale)
    check_steps(steps, LEVELS - start)
    tenths = torch.arange(LEVELS - start, LEVELS - start - steps, -1, dtype=torch.float64)
    return ending_in_zero(levels.sigma_at(tenths * (levels.timesteps / LEVELS) - 1), levels.scale)
