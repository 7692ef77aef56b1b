"""What schedules, time ranges and denoisers ask about the noise that a model was trained on."""

from typing import Protocol

from torch import Tensor

from graphengine.diffusion.sampling.scale import Scale


class NoiseLevels(Protocol):
    """The noise levels of a model, as sigmas in its own scale and as timesteps.

    Timesteps count the rows of the table `sigmas` from 0, the least noise, and may be fractions.
    """

    @property
    def scale(self) -> Scale:
        """How x is made of x_0 and eps."""
        ...

    @property
    def sigma_data(self) -> float:
        """Standard deviation that the clean latents are taken to have."""
        ...

    @property
    def timesteps(self) -> int:
        """How many rows the table has."""
        ...

    @property
    def sigmas(self) -> Tensor:
        """The table: sigma at each whole timestep, [timesteps], rising."""
        ...

    @property
    def sigma_min(self) -> float:
        """The first of the table."""
        ...

    @property
    def sigma_max(self) -> float:
        """The last of the table."""
        ...

    def sigma_at(self, timestep: Tensor) -> Tensor:
        """Sigma at fractional timesteps. Any shape in, the same out."""
        ...

    def timestep_at(self, sigma: Tensor) -> Tensor:
        """The fractional timestep of a sigma, clamped to the table. Any shape in, the same out."""
        ...

    def time_at(self, sigma: Tensor) -> Tensor:
        """What the network is told of a sigma. Any shape in, the same out."""
        ...
