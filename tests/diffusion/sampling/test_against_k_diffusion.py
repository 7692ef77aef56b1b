"""Whole trajectories beside k-diffusion's sampler of the same name, on the same noise and noise levels.

The denoiser is a random network at guidance 7.5, so that an error anywhere shows. Tolerance: 1e-4 of the
largest value, at every step, in float32; the orders in which the two round their sums differ by about 1e-6.
"""

import pytest
import torch

from graphengine.diffusion.sampling.network_denoiser import NetworkDenoiser
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.diffusion.sampling.schedules import karras, normal
from tests.diffusion.sampling.text_guidance import text_guidance

from .k_diffusion_reference import Model, ours, trajectory

pytestmark = pytest.mark.k_diffusion


@pytest.fixture
def denoise(unet, contexts, noise_schedule):
    return text_guidance(NetworkDenoiser(unet, noise_schedule), *contexts, 7.5)


@pytest.mark.parametrize("name", ["euler", "heun", "dpmpp_2m"])
@pytest.mark.parametrize("schedule", [karras, normal])
def test_the_same_at_every_step(k_diffusion, denoise, noise_schedule, name, schedule):
    sigmas = schedule(noise_schedule, 10).values
    x = sigmas[0] * NoiseSource([11, 12]).like(torch.zeros(2, 4, 8, 8))
    expected = trajectory(getattr(k_diffusion, f"sample_{name}"), Model(denoise), x, sigmas)
    actual = ours(SAMPLERS[name], denoise, x, sigmas, NoiseSource([0]))
    assert expected[-1].std() > 0.5
    assert (actual - expected).abs().max() / expected.abs().max() < 1e-4
