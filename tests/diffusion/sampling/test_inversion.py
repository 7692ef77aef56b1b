"""Rising sigmas: from a latent to the noise that it would be made from, and back."""

import pytest
import torch

from graphengine.diffusion.sampling.flow_levels import FlowLevels
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.sample import Start, sample
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.diffusion.sampling.schedules import exponential, normal
from graphengine.diffusion.sampling.sigma_editing import flip
from graphengine.errors import GraphEngineError

RISE = [name for name, sampler in SAMPLERS.items() if sampler.rises]
OTHERS = [name for name, sampler in SAMPLERS.items() if not sampler.rises]
FIRST_ORDER = {"euler", "gradient_estimation"}


@pytest.fixture
def latent(gaussian):
    return gaussian.mu + gaussian.s * torch.randn(1, 4, 8, 8, generator=torch.Generator().manual_seed(0))


def walk(denoise, latent, sigmas, name):
    start = Start(latent, latent, torch.zeros_like(latent))
    return sample(denoise, latent, sigmas, SAMPLERS[name], NoiseSource([0]), start=start).x


@pytest.mark.parametrize("name", RISE)
def test_up_the_ode_is_followed_and_down_again_the_latent_is_back(gaussian, noise_schedule, latent, name):
    down = exponential(noise_schedule, 80)
    up = flip(down)
    noise = walk(gaussian.denoise, latent, up, name)
    expected = gaussian.flow(latent, up.values[0], up.values[-1])
    error = (noise - expected).abs().max() / expected.abs().max()
    assert error < (0.05 if name in FIRST_ORDER else 5e-3)
    again = walk(gaussian.denoise, noise, down, name)
    assert (again - latent).abs().max() < (0.15 if name in FIRST_ORDER else 0.02)


@pytest.mark.parametrize("name", RISE)
def test_a_flow_model_is_led_up_too(gaussian, latent, name):
    def denoise(x, t):
        if t == 1:
            return torch.full_like(x, gaussian.mu)
        return gaussian.denoise(x / (1 - t), t / (1 - t))

    noise = walk(denoise, latent, flip(normal(FlowLevels(), 80)), name)
    expected = (latent - gaussian.mu) / gaussian.s
    assert (noise - expected).abs().max() / expected.abs().max() < 0.03


@pytest.mark.parametrize("name", OTHERS)
def test_samplers_that_only_walk_down_say_so_before_the_first_step(noise_schedule, latent, name):
    class Untouched:
        def __call__(self, x, sigma):
            raise AssertionError("asked")

        pair = __call__

    with pytest.raises(GraphEngineError, match=f"'{name}' can't walk rising sigmas") as raised:
        walk(Untouched(), latent, flip(normal(noise_schedule, 4)), name)
    assert raised.value.input == "sampler" and raised.value.hint
