"""Samplers with noise in their steps beside k-diffusion's of the same name, both on our noise.

Tolerance: 1e-4 of the largest value, at every step, in float32; the orders in which the two round their sums
differ by about 1e-6, and k-diffusion takes the exponential of a rounded logarithm.
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

CASES = {
    "euler_ancestral": ("euler_ancestral", {}),
    "dpm_2_ancestral": ("dpm_2_ancestral", {}),
    "dpmpp_2s_ancestral": ("dpmpp_2s_ancestral", {}),
    "dpmpp_sde": ("dpmpp_sde", {}),
    "dpmpp_2m_sde": ("dpmpp_2m_sde", {}),
    "dpmpp_2m_sde_heun": ("dpmpp_2m_sde", {"solver_type": "heun"}),
    "dpmpp_3m_sde": ("dpmpp_3m_sde", {}),
}


@pytest.fixture
def denoise(unet, contexts, noise_schedule):
    return text_guidance(NetworkDenoiser(unet, noise_schedule), *contexts, 7.5)


def assert_equal_trajectories(k_diffusion, denoise, name, sigmas, **options):
    """Both get the noise of a step by its two levels, from one source."""
    sampler = SAMPLERS[name].with_options(**options)
    source = NoiseSource([11, 12], sampler.noise)
    x = sigmas[0] * source.like(torch.zeros(2, 4, 8, 8))
    reference, reference_options = CASES[name]
    levels = []

    def noise_sampler(sigma, next_sigma):
        levels.append((sigma, next_sigma))
        return source.between(x, sigma, next_sigma)

    expected = trajectory(
        getattr(k_diffusion, f"sample_{reference}"),
        Model(denoise),
        x,
        sigmas,
        noise_sampler=noise_sampler,
        **reference_options,
        **options,
    )
    actual = ours(sampler, denoise, x, sigmas, AtTheirLevels(source, levels))
    assert expected[-1].std() > 0.5
    assert (actual - expected).abs().max() / expected.abs().max() < 1e-4


class AtTheirLevels:
    """Answers for k-diffusion's levels, which a rounded logarithm may put an ulp beside ours."""

    def __init__(self, source, levels):
        self.source, self.levels = source, levels

    def between(self, x, sigma, next_sigma):
        theirs = self.levels.pop(0)
        torch.testing.assert_close(torch.stack(theirs), torch.stack([sigma, next_sigma]), rtol=1e-5, atol=0)
        return self.source.between(x, *theirs)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("schedule", [karras, normal])
@pytest.mark.parametrize("options", [{}, {"eta": 0.6, "s_noise": 0.9}], ids=["defaults", "options"])
def test_the_same_at_every_step(k_diffusion, denoise, noise_schedule, name, schedule, options):
    assert_equal_trajectories(k_diffusion, denoise, name, schedule(noise_schedule, 10).values, **options)


@pytest.mark.parametrize("name", CASES)
def test_the_same_where_noise_is_left_at_the_end(k_diffusion, denoise, noise_schedule, name):
    assert_equal_trajectories(k_diffusion, denoise, name, karras(noise_schedule, 10).values[2:8])


def test_the_same_with_another_place_for_the_second_call(k_diffusion, denoise, noise_schedule):
    assert_equal_trajectories(k_diffusion, denoise, "dpmpp_sde", karras(noise_schedule, 10).values, r=0.7)
