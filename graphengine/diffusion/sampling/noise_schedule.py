"""The forward process: how much noise a latent carries at each timestep."""

from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

TERMINAL_ALPHA = 2.0**-24
"""a_T where it would be 0. Sigma is 4096 then: no signal shows in that, and float32 is still exact enough."""


@dataclass(frozen=True, eq=False)
class NoiseSchedule:
    """The variance-preserving process of Ho et al. 2020, q(x_t | x_0) = N(sqrt(a_t) x_0, (1 - a_t) I).

    `alphas_cumprod` holds a_t, [timesteps], falling from nearly 1 to nearly 0.
    """

    alphas_cumprod: Tensor

    @classmethod
    def scaled_linear(
        cls, start: float = 0.00085, end: float = 0.012, timesteps: int = 1000
    ) -> "NoiseSchedule":
        """Betas whose square roots are evenly spaced: Stable Diffusion's choice."""
        betas = torch.linspace(start**0.5, end**0.5, timesteps, dtype=torch.float64) ** 2
        return cls((1 - betas).cumprod(0).float())

    def __eq__(self, other: object) -> bool:
        """By value."""
        return isinstance(other, NoiseSchedule) and self.alphas_cumprod.equal(other.alphas_cumprod)

    def __hash__(self) -> int:
        """Of the length and the end, which tell all usual ones apart."""
        return hash((len(self.alphas_cumprod), self.alphas_cumprod[-1].item()))

    def zero_terminal_snr(self) -> "NoiseSchedule":
        """Rescaled so that no signal is left at the last timestep (Lin et al. 2023, algorithm 1).

        As usual the signal there is made tiny instead of 0, since sigma would be infinite.
        """
        root = self.alphas_cumprod.double().sqrt()
        first, last = root[0], root[-1]
        rescaled = ((root - last) * first / (first - last)) ** 2
        return NoiseSchedule(rescaled.clamp(min=TERMINAL_ALPHA).float())

    @property
    def scale(self) -> Literal["exploding"]:
        """x = x_0 + sigma * eps: the process's x_t over sqrt(a_t)."""
        return "exploding"

    @property
    def sigma_data(self) -> float:
        """As the noise."""
        return 1.0

    @property
    def timesteps(self) -> int:
        """How many there are; they are counted from 0."""
        return len(self.alphas_cumprod)

    @property
    def sigmas(self) -> Tensor:
        """Noise to signal at each timestep, [timesteps], rising: sqrt((1 - a_t) / a_t)."""
        return ((1 - self.alphas_cumprod) / self.alphas_cumprod).sqrt()

    @property
    def sigma_min(self) -> float:
        """At the first timestep."""
        return self.sigmas[0].item()

    @property
    def sigma_max(self) -> float:
        """At the last timestep."""
        return self.sigmas[-1].item()

    def diffuse(self, x_0: Tensor, timesteps: Tensor, eps: Tensor) -> Tensor:
        """A sample of q(x_t | x_0) made with the noise `eps` (Ho et al. 2020, eq. 4).

        x_0, eps: [b, c, h, w]; timesteps: [b], integers in 0..999. Returns [b, c, h, w].
        """
        a = self.alphas_cumprod.to(x_0.device)[timesteps][:, None, None, None]
        return a.sqrt() * x_0 + (1 - a).sqrt() * eps

    def sigma_at(self, timestep: Tensor) -> Tensor:
        """Sigma at fractional timesteps, interpolated in log sigma. Any shape in, the same out."""
        log_sigmas = self.sigmas.log()
        low = timestep.floor().long().clamp(0, self.timesteps - 2)
        return torch.lerp(log_sigmas[low], log_sigmas[low + 1], (timestep - low).float()).exp()

    def timestep_at(self, sigma: Tensor) -> Tensor:
        """The fractional timestep of a sigma, clamped to the schedule. Any shape in, the same out."""
        log_sigmas = self.sigmas.log()
        log_sigma = sigma.to(log_sigmas).log()
        low = (torch.searchsorted(log_sigmas, log_sigma) - 1).clamp(0, self.timesteps - 2)
        share = (log_sigma - log_sigmas[low]) / (log_sigmas[low + 1] - log_sigmas[low])
        return low + share.clamp(0, 1)

    def time_at(self, sigma: Tensor) -> Tensor:
        """The network is told the timestep."""
        return self.timestep_at(sigma)
