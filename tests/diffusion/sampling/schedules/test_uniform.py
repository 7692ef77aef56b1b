import numpy as np
import pytest
import torch
from diffusers import EulerDiscreteScheduler, FlowMatchEulerDiscreteScheduler

from graphengine.diffusion.sampling.flow_levels import FlowLevels
from graphengine.diffusion.sampling.schedules import normal, sgm_uniform

SD1 = {"beta_schedule": "scaled_linear", "beta_start": 0.00085, "beta_end": 0.012}


def test_normal_visits_evenly_spaced_timesteps(noise_schedule):
    torch.testing.assert_close(
        normal(noise_schedule, 4).values[:-1], noise_schedule.sigmas[[999, 666, 333, 0]]
    )


def test_sgm_uniform_leaves_out_the_first_timestep(noise_schedule):
    torch.testing.assert_close(
        sgm_uniform(noise_schedule, 3).values[:-1], noise_schedule.sigmas[[999, 666, 333]]
    )


@pytest.mark.parametrize("steps", [10, 28, 38])
def test_normal_agrees_with_diffusers_where_timesteps_are_whole(noise_schedule, steps):
    # elsewhere diffusers interpolates sigma and we its logarithm
    scheduler = EulerDiscreteScheduler(**SD1, timestep_spacing="linspace")
    scheduler.set_timesteps(steps)
    torch.testing.assert_close(normal(noise_schedule, steps).values, scheduler.sigmas, rtol=2e-5, atol=0)


@pytest.mark.parametrize("shift", [1.0, 3.0])
@pytest.mark.parametrize("steps", [1, 4, 28])
def test_normal_of_a_flow_is_diffusers(shift, steps):
    # Left to itself their scheduler shifts its least sigma twice: it is told the unshifted ones.
    scheduler = FlowMatchEulerDiscreteScheduler(shift=shift)
    scheduler.set_timesteps(sigmas=np.linspace(1, 0.001, steps))
    torch.testing.assert_close(normal(FlowLevels(shift), steps).values, scheduler.sigmas, rtol=1e-6, atol=0)
