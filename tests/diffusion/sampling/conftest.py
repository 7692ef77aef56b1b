"""Distributions whose denoiser and ODE are known in closed form, and a network too small to wait for."""

import pytest
import torch
from torch import Tensor

from benchmarks.known_distributions import Gaussian, GaussianMixture
from graphengine.diffusion.models.unet import UNet, UNetConfig
from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule

from .k_diffusion_reference import k_diffusion  # noqa: F401


@pytest.fixture
def gaussian() -> Gaussian:
    return Gaussian()


@pytest.fixture
def mixture() -> GaussianMixture:
    return GaussianMixture()


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
