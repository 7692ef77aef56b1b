"""A distribution whose denoiser and ODE are known in closed form, and a network too small to wait for."""

from dataclasses import dataclass

import pytest
import torch
from torch import Tensor

from graphengine.diffusion.models.unet import UNet, UNetConfig
from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule

from .k_diffusion_reference import k_diffusion  # noqa: F401


@dataclass(frozen=True)
class Gaussian:
    """Data from N(mu, s^2)."""

    mu: float = 0.7
    s: float = 0.5

    def denoise(self, x: Tensor, sigma: Tensor) -> Tensor:
        """E[x_0 | x] where x = x_0 + sigma * eps."""
        return (self.s**2 * x + sigma**2 * self.mu) / (self.s**2 + sigma**2)

    def flow(self, x: Tensor, sigma: Tensor, next_sigma: Tensor) -> Tensor:
        """The probability flow ODE's solution at next_sigma that passes through x at sigma."""
        return self.mu + (x - self.mu) * ((self.s**2 + next_sigma**2) / (self.s**2 + sigma**2)).sqrt()


@pytest.fixture
def gaussian() -> Gaussian:
    return Gaussian()


@pytest.fixture(scope="session")
def noise_schedule() -> NoiseSchedule:
    return NoiseSchedule.scaled_linear()


@pytest.fixture(scope="session")
def unet() -> UNet:
    """Random weights whose answer has the size of real noise, and depends on x, time and text."""
    torch.manual_seed(0)
    config = UNetConfig(base=32, multipliers=(1, 2), blocks=1, attention=(True, False), context_width=16)
    unet = UNet(config).eval().requires_grad_(False)
    answer = unet(torch.randn(4, 4, 8, 8), torch.tensor([1.0, 300, 600, 999]), torch.randn(4, 5, 16))
    unet.out[2].weight /= answer.std()
    return unet


@pytest.fixture
def contexts() -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(5)
    return torch.randn(1, 5, 16, generator=generator), torch.randn(1, 5, 16, generator=generator)
