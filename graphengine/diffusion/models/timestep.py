"""Sinusoidal embedding of a diffusion timestep."""

import math

import torch
from torch import Tensor


def timestep_embedding(timesteps: Tensor, width: int, max_period: float = 10_000.0) -> Tensor:
    """Embed timesteps as cosines then sines of geometrically spaced frequencies.

    timesteps: [b], 0..999, fractions allowed. Returns [b, width], float32; width is even.
    Source: Ho et al. 2020, appendix B, after Vaswani et al. 2017, section 3.5.
    """
    half = width // 2
    steps = torch.arange(half, dtype=torch.float32, device=timesteps.device)
    # Multiplied first, as the original does it: angles reach 999, where the last bit shows.
    angles = timesteps.float()[:, None] * torch.exp(-math.log(max_period) * steps / half)
    return torch.cat([angles.cos(), angles.sin()], dim=-1)  # b width
