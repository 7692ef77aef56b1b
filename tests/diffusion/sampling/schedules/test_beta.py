import pytest
import torch
from diffusers import EulerDiscreteScheduler

from graphengine.diffusion.sampling.schedules import beta, sgm_uniform

SD1 = {"beta_schedule": "scaled_linear", "beta_start": 0.00085, "beta_end": 0.012}


def test_timesteps_are_quantiles(noise_schedule):
    # scipy.stats.beta.ppf([1, 0.9, 0.5, ...], 0.6, 0.6)
    timesteps = noise_schedule.timestep_at(beta(noise_schedule, 20).values[:-1])
    assert timesteps[0] == 999
    assert timesteps[2].item() == pytest.approx(999 * 0.960415594411219, abs=2e-2)  # sigmas are float32
    assert timesteps[10].item() == pytest.approx(999 * 0.5, abs=2e-2)
    assert timesteps[15].item() == pytest.approx(999 * 0.175680378652695, abs=2e-2)


def test_a_flat_distribution_is_uniform(noise_schedule):
    torch.testing.assert_close(
        beta(noise_schedule, 13, 1.0, 1.0).values, sgm_uniform(noise_schedule, 13).values, rtol=1e-6, atol=0
    )


@pytest.mark.k_diffusion
def test_quantiles_agree_with_diffusers(noise_schedule):
    # Theirs go from sigma to sigma instead of from timestep to timestep, and down to the least.
    pytest.importorskip("scipy")
    scheduler = EulerDiscreteScheduler(**SD1, use_beta_sigmas=True)
    scheduler.set_timesteps(21)
    low, high = noise_schedule.sigma_min, noise_schedule.sigma_max
    shares = (scheduler.sigmas[:-2] - low) / (high - low)
    ours = noise_schedule.timestep_at(beta(noise_schedule, 20).values[:-1]) / 999
    torch.testing.assert_close(ours, shares, rtol=0, atol=1e-4)
