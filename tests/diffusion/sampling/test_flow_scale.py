from dataclasses import replace

import pytest
import torch

from graphengine.diffusion.sampling.flow_levels import FlowLevels
from graphengine.diffusion.sampling.flow_scale import ExplodingScale
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.sample import sample
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.diffusion.sampling.schedules import karras, normal
from tests.diffusion.sampling.unguided_pair import UnguidedPair


@pytest.fixture
def flow_denoise(gaussian):
    """E[x_0 | x] where x = (1 - t) x_0 + t eps."""

    def denoise(x, t):
        if t == 1:
            return torch.full_like(x, gaussian.mu)
        return gaussian.denoise(x / (1 - t), t / (1 - t))

    return denoise


def flow_ode(gaussian, x, t, next_t):
    """The ODE's solution in flow's own scale: the same quantile of the Gaussian at next_t."""

    def spread(t):
        return (((1 - t) * gaussian.s) ** 2 + t**2).sqrt()

    return (1 - next_t) * gaussian.mu + (x - (1 - t) * gaussian.mu) * spread(next_t) / spread(t)


@pytest.mark.parametrize("scale", ["any", "exploding"])
@pytest.mark.parametrize("shift", [1.0, 3.0])
@pytest.mark.parametrize("noise_only", [True, False])
def test_a_sampler_reaches_the_true_end_in_either_scale(gaussian, flow_denoise, scale, shift, noise_only):
    sigmas = normal(FlowLevels(shift), 200)
    if not noise_only:
        sigmas = sigmas.truncate(0.7)
    heun = replace(SAMPLERS["heun"], scale=scale)
    x_0 = torch.zeros(1, 4, 8, 8)
    seen = []
    sampled = sample(flow_denoise, x_0, sigmas, heun, NoiseSource([3]), on_step=seen.append)
    first = sigmas.values[0]
    start = first * NoiseSource([3]).like(x_0)
    for step in (seen[20], seen[-1]):
        expected = flow_ode(gaussian, start, first, step.sigma)
        torch.testing.assert_close(step.x, expected, rtol=0, atol=2e-3)
    torch.testing.assert_close(torch.stack([step.sigma for step in seen]), sigmas.values[1:], rtol=0, atol=0)
    assert seen[-1].x is sampled.x


def test_euler_steps_of_the_two_scales_differ_but_ddim_is_eulers_flow(gaussian, flow_denoise):
    # Euler in x = x_0 + sigma eps joins x_0 and eps anew at each level, and so it does in flow's scale.
    sigmas = normal(FlowLevels(), 10).truncate(0.8)
    x_0 = torch.randn(1, 4, 8, 8)
    own = sample(flow_denoise, x_0, sigmas, replace(SAMPLERS["euler"], scale="any"), NoiseSource([0]))
    exploding = sample(flow_denoise, x_0, sigmas, SAMPLERS["ddim"], NoiseSource([0]))
    torch.testing.assert_close(own.x, exploding.x, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("steps", [1, 4, 1000])
@pytest.mark.parametrize("shift", [1.0, 20.0])
def test_levels_are_kept_bit_for_bit_and_fall_in_the_other_scale(steps, shift):
    t = normal(FlowLevels(shift), steps).values
    scaled = ExplodingScale.of(lambda x, sigma: sigma, t)
    assert (scaled.sigmas.diff() < 0).all()
    assert scaled.sigmas.isfinite().all() and scaled.sigmas[-1] == 0
    shown = torch.stack([scaled(torch.ones(()), sigma) for sigma in scaled.sigmas])
    assert torch.equal(shown[1:], t[1:])
    assert t[0] == 1 and 1 > shown[0] > t[1]


def test_the_levels_between_are_those_of_the_change_of_coordinates():
    scaled = ExplodingScale.of(lambda x, sigma: sigma, torch.tensor([0.5, 0.0]))
    assert scaled(torch.ones(()), torch.tensor(0.25)).item() == pytest.approx(0.2)


@pytest.mark.parametrize("name", sorted(SAMPLERS.keys() - {"lcm", "tcd"}))  # which are for consistency models
def test_every_sampler_draws_the_flow_models_distribution(gaussian, flow_denoise, name):
    x_0 = torch.zeros(4, 4, 32, 32)
    sigmas = karras(FlowLevels(), 120)  # the last step of `normal` is too long for higher orders
    x = sample(UnguidedPair(flow_denoise), x_0, sigmas, SAMPLERS[name], NoiseSource.for_batch(0, 4)).x
    assert x.mean().item() == pytest.approx(gaussian.mu, abs=0.02)  # 16384 values: 5 standard errors
    assert x.std().item() == pytest.approx(gaussian.s, abs=0.03)  # and what 120 steps leave


def test_what_a_mask_keeps_is_kept_in_flows_scale(flow_denoise):
    x_0, mask = torch.randn(1, 4, 8, 8), torch.zeros(1, 8, 8)
    mask[:, :4] = 1
    seen = []

    def denoise(x, t):
        seen.append((x, t))
        return flow_denoise(x, t)

    sampled = sample(denoise, x_0, normal(FlowLevels(), 4), SAMPLERS["dpmpp_2m"], NoiseSource([1]), mask=mask)
    assert torch.equal(sampled.x[:, :, 4:], x_0[:, :, 4:])
    eps = NoiseSource([1]).like(x_0)
    for x, t in seen:
        torch.testing.assert_close(x[:, :, 4:], ((1 - t) * x_0 + t * eps)[:, :, 4:])
