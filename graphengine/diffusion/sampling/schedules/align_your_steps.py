"""Schedules that were optimised for one family of models each."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import torch

from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.diffusion.sampling.schedules.schedule import check_steps, ending_in_zero
from graphengine.diffusion.sampling.schedules.unsuitable import check_adds_noise, check_reaches
from graphengine.diffusion.sampling.sigmas import Sigmas

Family = Literal["sd1", "sdxl", "svd"]

TEN_STEPS: Mapping[Family, tuple[float, ...]] = MappingProxyType(
    {
        "sd1": (14.615, 6.475, 3.861, 2.697, 1.886, 1.396, 0.963, 0.652, 0.399, 0.152, 0.029),
        "sdxl": (14.615, 6.315, 3.771, 2.181, 1.342, 0.862, 0.555, 0.380, 0.234, 0.113, 0.029),
        "svd": (700.00, 54.5, 15.886, 7.977, 4.248, 1.789, 0.981, 0.403, 0.173, 0.034, 0.002),
    }
)
"""Published by the paper's authors for Stable Diffusion 1.5, XL, and Video."""


def align_your_steps(levels: NoiseLevels, steps: int, family: Family = "sd1") -> Sigmas:
    """The ten steps of Sabour et al. 2024, or others between them, even in log sigma as they advise."""
    check_steps(steps)
    check_adds_noise("align_your_steps", levels)
    check_reaches(f"align_your_steps ({family})", levels, TEN_STEPS[family][0])
    log_sigmas = torch.tensor(TEN_STEPS[family], dtype=torch.float64).log()
    positions = torch.arange(steps, dtype=torch.float64) * ((len(log_sigmas) - 1) / steps)
    before = positions.long()
    values = torch.lerp(log_sigmas[before], log_sigmas[before + 1], positions - before).exp()
    return ending_in_zero(values, levels.scale)
