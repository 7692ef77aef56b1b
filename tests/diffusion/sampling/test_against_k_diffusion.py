"""Whole trajectories beside k-diffusion's sampler of the same name, on the same noise and noise levels.

The denoiser is a random network at guidance 7.5, so that an error anywhere shows. Tolerance: 1e-4 of the
largest value, at every step, in float32; the orders in which the two round their sums differ by about 1e-6.
"""

import diffusers
import pytest
import torch

from graphengine.diffusion.sampling.network_denoiser import NetworkDenoiser
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.diffusion.sampling.samplers.step_control import StepControl
from graphengine.diffusion.sampling.schedules import karras, normal
from tests.diffusion.sampling.text_guidance import text_guidance

from .k_diffusion_reference import Model, ours, trajectory
from .test_against_diffusers import SD1, theirs
from .test_against_diffusers import ours as ours_of_diffusers

pytestmark = pytest.mark.k_diffusion


@pytest.fixture
def denoise(unet, contexts, noise_schedule):
    return text_guidance(NetworkDenoiser(unet, noise_schedule), *contexts, 7.5)


def noisy(sigma):
    return sigma * NoiseSource([11, 12]).like(torch.zeros(2, 4, 8, 8))


def assert_agree(actual, expected):
    assert expected[-1].std() > 0.5
    assert (actual - expected).abs().max() / expected.abs().max() < 1e-4


@pytest.mark.parametrize("name", ["dpm_2", "dpmpp_2m", "euler", "heun", "lms"])
@pytest.mark.parametrize("schedule", [karras, normal])
def test_the_same_at_every_step(k_diffusion, denoise, noise_schedule, name, schedule):
    sigmas = schedule(noise_schedule, 10).values
    x = noisy(sigmas[0])
    expected = trajectory(getattr(k_diffusion, f"sample_{name}"), Model(denoise), x, sigmas)
    assert_agree(ours(SAMPLERS[name], denoise, x, sigmas, NoiseSource([0])), expected)


@pytest.mark.parametrize("order", [1, 2, 3])
def test_lms_of_lower_order(k_diffusion, denoise, noise_schedule, order):
    sigmas = karras(noise_schedule, 10).values
    x = noisy(sigmas[0])
    expected = trajectory(k_diffusion.sample_lms, Model(denoise), x, sigmas, order=order)
    sampler = SAMPLERS["lms"].with_options(order=order)
    assert_agree(ours(sampler, denoise, x, sigmas, NoiseSource([0])), expected)


@pytest.mark.parametrize("calls", [1, 2, 3, 4, 6, 8])
def test_dpm_fast_in_its_own_steps(k_diffusion, denoise, noise_schedule, calls):
    sigmas = karras(noise_schedule, calls + 1).values[:-1]  # theirs ends above 0
    x, ends = noisy(sigmas[0]), (sigmas[-1].item(), sigmas[0].item())
    expected = trajectory(k_diffusion.sample_dpm_fast, Model(denoise), x, *ends, calls)
    assert_agree(ours(SAMPLERS["dpm_fast"], denoise, x, sigmas, NoiseSource([0])), expected)


@pytest.mark.parametrize("order", [2, 3])
def test_a_step_of_dpm_adaptive(k_diffusion, denoise, noise_schedule, order):
    """One step is as long as wanted; how ours measures its error, and why, is told in `dpm_adaptive`."""
    sigmas = karras(noise_schedule, 10).values[4:6]
    x, ends = noisy(sigmas[0]), (sigmas[-1].item(), sigmas[0].item())
    options = {"order": order, "h_init": 100.0, "rtol": 1e6, "atol": 1e6}
    *_, expected = trajectory(k_diffusion.sample_dpm_adaptive, Model(denoise), x, *ends, **options)
    sampler = SAMPLERS["dpm_adaptive"].with_options(**options)
    start, end = ours(sampler, denoise, x, sigmas, NoiseSource([0]))
    assert torch.equal(start, x)
    assert_agree(end[None], expected[None])


@pytest.mark.parametrize("pid", [(0.0, 1.0, 0.0), (0.3, 0.9, 0.1), (1 / 18, 1 / 9, 1 / 18)])
def test_the_step_control_of_dpm_adaptive(k_diffusion, pid):
    control = StepControl(0.05, 3, pid, 0.81)
    theirs = k_diffusion.PIDStepSizeController(0.05, *pid, 3, 0.81)
    verdicts = []
    for error in (0.2, 1.7, 40.0, 0.9, 1e-9, 0.4, 3.0, 0.0, 1.1):
        verdicts.append(control.accepts(error))
        assert verdicts[-1] == theirs.propose_step(error)
        assert control.h == pytest.approx(theirs.h, rel=1e-12)
    assert set(verdicts) == {True, False}


@pytest.mark.parametrize("schedule", [karras, normal])
def test_lms_of_diffusers(k_diffusion, unet, contexts, noise_schedule, schedule):
    """Here because it needs scipy too."""
    options = {"use_karras_sigmas": schedule is karras}
    scheduler = diffusers.LMSDiscreteScheduler(**SD1, **options)
    scheduler.set_timesteps(10)
    sigmas = schedule(noise_schedule, 10)
    expected = theirs(scheduler, unet, contexts, sigmas.values[0], unit_variance=False)
    assert_agree(ours_of_diffusers("lms", unet, contexts, sigmas, noise_schedule)[None], expected[None])
