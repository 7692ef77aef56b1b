"""The schedule that is best for Gaussian data."""

import torch

from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.diffusion.sampling.scale import from_exploding, to_exploding
from graphengine.diffusion.sampling.schedules.schedule import check_steps, ending_in_zero, ramp
from graphengine.diffusion.sampling.sigmas import Sigmas


def kl_optimal(levels: NoiseLevels, steps: int) -> Sigmas:
    """Evenly spaced in arctan(sigma / sigma_data), which Sabour et al. 2024 derive for Gaussian data."""
    check_steps(steps)
    ends = to_exploding(torch.tensor([levels.sigma_max, levels.sigma_min]).double(), levels.scale)
    high, low = (ends / levels.sigma_data).atan()
    values = levels.sigma_data * torch.lerp(high, low, ramp(steps)).tan()
    return ending_in_zero(from_exploding(values, levels.scale), levels.scale)
