"""Noise levels of a model that was trained on a range of sigmas, with no steps in it."""

import math
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

TIMESTEPS = 1000
"""Rows of the table; the model knows of none."""


@dataclass(frozen=True)
class ContinuousLevels:
    """All sigmas between two, as in EDM (Karras et al. 2022); timesteps are even in log sigma."""

    sigma_min: float = 0.002
    sigma_max: float = 80.0
    sigma_data: float = 0.5
    """Standard deviation of the clean latents; 1 where the model is in the scale of a NoiseSchedule."""

    def __post_init__(self) -> None:
        """Refuse an empty range."""
        if not 0 < self.sigma_min < self.sigma_max or not self.sigma_data > 0:
            raise ValueError(
                "expected 0 < sigma_min < sigma_max and 0 < sigma_data, "
                f"got {self.sigma_min}, {self.sigma_max} and {self.sigma_data}"
            )

    @property
    def scale(self) -> Literal["exploding"]:
        """x = x_0 + sigma * eps."""
        return "exploding"

    @property
    def timesteps(self) -> int:
        """A thousand."""
        return TIMESTEPS

    @property
    def sigmas(self) -> Tensor:
        """The table, [1000]."""
        return self.sigma_at(torch.arange(TIMESTEPS))

    def sigma_at(self, timestep: Tensor) -> Tensor:
        """Sigma at fractional timesteps, in 0..999. Any shape in, the same out."""
        share = timestep.double() / (TIMESTEPS - 1)
        return (math.log(self.sigma_min) + share * math.log(self.sigma_max / self.sigma_min)).exp().float()

    def timestep_at(self, sigma: Tensor) -> Tensor:
        """The fractional timestep of a sigma, clamped to the range. Any shape in, the same out."""
        share = (sigma.double() / self.sigma_min).log() / math.log(self.sigma_max / self.sigma_min)
        return ((TIMESTEPS - 1) * share.clamp(0, 1)).float()

    def time_at(self, sigma: Tensor) -> Tensor:
        """A quarter of log sigma (Karras et al. 2022, table 1, c_noise)."""
        return sigma.log() / 4
