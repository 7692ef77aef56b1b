import numpy as np
import pytest
import torch
from diffusers import EulerDiscreteScheduler, FlowMatchEulerDiscreteScheduler

from graphengine.diffusion.sampling.continuous_levels import ContinuousLevels
from graphengine.diffusion.sampling.flow_levels import FlowLevels
from graphengine.diffusion.sampling.schedules import exponential, polyexponential

SD1 = {"beta_schedule": "scaled_linear", "beta_start": 0.00085, "beta_end": 0.012}


@pytest.mark.parametrize("steps", [10, 33])
def test_exponential_agrees_with_diffusers(noise_schedule, steps):
    scheduler = EulerDiscreteScheduler(**SD1, use_exponential_sigmas=True)
    scheduler.set_timesteps(steps)
    torch.testing.assert_close(exponential(noise_schedule, steps).values, scheduler.sigmas, rtol=2e-5, atol=0)


def test_exponential_agrees_with_diffusers_flow():
    scheduler = FlowMatchEulerDiscreteScheduler(use_exponential_sigmas=True)
    scheduler.set_timesteps(sigmas=np.linspace(1, 0.001, 12))
    torch.testing.assert_close(exponential(FlowLevels(), 12).values, scheduler.sigmas, rtol=2e-5, atol=0)


def test_a_power_of_the_ramp_by_hand():
    levels = ContinuousLevels(0.01, 100)
    expected = torch.tensor([100, 10 ** (4 * 0.5**2 - 2), 0.01, 0])
    torch.testing.assert_close(polyexponential(levels, 3, rho=2.0).values, expected)


@pytest.mark.k_diffusion
@pytest.mark.parametrize("rho", [0.5, 1.0, 3.0])
def test_polyexponential_agrees_with_k_diffusion(k_diffusion, rho):
    expected = k_diffusion.get_sigmas_polyexponential(25, 0.002, 80.0, rho)
    torch.testing.assert_close(
        polyexponential(ContinuousLevels(), 25, rho).values, expected, rtol=2e-5, atol=0
    )
