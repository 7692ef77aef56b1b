"""Noise levels of flow matching."""

from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

TIMESTEPS = 1000
"""Rows of the table, and what the network is told at t = 1."""


@dataclass(frozen=True)
class FlowLevels:
    """Rectified flow, x = (1 - t) x_0 + t eps with sigma = t (Liu et al. 2022; Lipman et al. 2022).

    `shift` moves the timesteps towards noise, the more the larger a picture is; sqrt(m / n) suits a picture
    of m pixels where n were trained on with 1 (Esser et al. 2024, eq. 23).
    """

    shift: float = 1.0

    def __post_init__(self) -> None:
        """Refuse a shift that turns time round."""
        if not 0 < self.shift < float("inf"):
            raise ValueError(f"the shift of a flow model must be above 0, got {self.shift}")

    @property
    def scale(self) -> Literal["flow"]:
        """x = (1 - sigma) x_0 + sigma * eps."""
        return "flow"

    @property
    def sigma_data(self) -> float:
        """As the noise."""
        return 1.0

    @property
    def timesteps(self) -> int:
        """A thousand."""
        return TIMESTEPS

    @property
    def sigmas(self) -> Tensor:
        """The table: 0.001, 0.002 ... 1, shifted, [1000]."""
        return self.sigma_at(torch.arange(TIMESTEPS))

    @property
    def sigma_min(self) -> float:
        """The first of the table."""
        return self.sigmas[0].item()

    @property
    def sigma_max(self) -> float:
        """Noise alone."""
        return 1.0

    def sigma_at(self, timestep: Tensor) -> Tensor:
        """Sigma at fractional timesteps, in 0..999. Any shape in, the same out."""
        t = (timestep.double() + 1) / TIMESTEPS
        return (self.shift * t / (1 + (self.shift - 1) * t)).float()

    def timestep_at(self, sigma: Tensor) -> Tensor:
        """The fractional timestep of a sigma, clamped to the table. Any shape in, the same out."""
        t = sigma.double() / (self.shift - (self.shift - 1) * sigma.double())
        return (TIMESTEPS * t - 1).clamp(0, TIMESTEPS - 1).float()

    def time_at(self, sigma: Tensor) -> Tensor:
        """A thousand times sigma, as Stable Diffusion 3 and Flux count."""
        return TIMESTEPS * sigma
