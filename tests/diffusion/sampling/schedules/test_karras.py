import numpy as np
import pytest
import torch
from diffusers import EDMEulerScheduler, EulerDiscreteScheduler, FlowMatchEulerDiscreteScheduler

from graphengine.diffusion.sampling.continuous_levels import ContinuousLevels
from graphengine.diffusion.sampling.flow_levels import FlowLevels
from graphengine.diffusion.sampling.schedules import karras

SD1 = {"beta_schedule": "scaled_linear", "beta_start": 0.00085, "beta_end": 0.012}


def test_by_hand(noise_schedule):
    low, high = 0.0291671 ** (1 / 7), 14.6146 ** (1 / 7)
    expected = torch.tensor([high**7, ((high + low) / 2) ** 7, low**7, 0])
    torch.testing.assert_close(karras(noise_schedule, 3).values, expected, rtol=1e-4, atol=0)


def test_with_a_rho_of_1_sigma_is_even(noise_schedule):
    steps = karras(noise_schedule, 11, rho=1.0).values[:-1].diff()
    torch.testing.assert_close(steps, torch.full((10,), (0.0291671 - 14.6146) / 10), rtol=1e-4, atol=0)


@pytest.mark.parametrize("steps", [10, 20, 50])
def test_it_agrees_with_diffusers(noise_schedule, steps):
    scheduler = EulerDiscreteScheduler(**SD1, use_karras_sigmas=True)
    scheduler.set_timesteps(steps)
    torch.testing.assert_close(karras(noise_schedule, steps).values, scheduler.sigmas, rtol=2e-5, atol=0)


def test_it_agrees_with_diffusers_edm():
    scheduler = EDMEulerScheduler()
    scheduler.set_timesteps(18)
    torch.testing.assert_close(karras(ContinuousLevels(), 18).values, scheduler.sigmas, rtol=2e-5, atol=0)


def test_it_agrees_with_diffusers_flow():
    scheduler = FlowMatchEulerDiscreteScheduler(use_karras_sigmas=True)
    scheduler.set_timesteps(sigmas=np.linspace(1, 0.001, 12))
    torch.testing.assert_close(karras(FlowLevels(), 12).values, scheduler.sigmas, rtol=2e-5, atol=0)


@pytest.mark.k_diffusion
@pytest.mark.parametrize("rho", [1.0, 7.0, 13.0])
def test_it_agrees_with_k_diffusion(k_diffusion, rho):
    expected = k_diffusion.get_sigmas_karras(25, 0.002, 80.0, rho)
    # Theirs is in float32: with a rho of 1 the least sigma is what is left of the largest.
    torch.testing.assert_close(karras(ContinuousLevels(), 25, rho).values, expected, rtol=2e-5, atol=5e-6)
