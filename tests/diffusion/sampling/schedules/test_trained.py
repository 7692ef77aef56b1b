import pytest
import torch
from diffusers import DDIMScheduler

from graphengine.diffusion.sampling.schedules import ddim_uniform, simple

SD1 = {"beta_schedule": "scaled_linear", "beta_start": 0.00085, "beta_end": 0.012}


def test_simple_counts_from_the_last_trained_sigma(noise_schedule):
    # 1000 / 6 = 166.67: back by 0, 166, 333, 500, 666, 833
    expected = noise_schedule.sigmas[[999, 833, 666, 499, 333, 166]]
    torch.testing.assert_close(simple(noise_schedule, 6).values[:-1], expected)


def test_ddim_uniform_counts_from_timestep_1(noise_schedule):
    # 1000 // 6 = 166
    expected = noise_schedule.sigmas[[831, 665, 499, 333, 167, 1]]
    torch.testing.assert_close(ddim_uniform(noise_schedule, 6).values[:-1], expected)


@pytest.mark.parametrize("steps", [7, 20, 30])
def test_ddim_uniform_agrees_with_diffusers(noise_schedule, steps):
    scheduler = DDIMScheduler(**SD1, timestep_spacing="leading", steps_offset=1)
    scheduler.set_timesteps(steps)
    expected = noise_schedule.sigmas[scheduler.timesteps]
    torch.testing.assert_close(ddim_uniform(noise_schedule, steps).values[:-1], expected)


@pytest.mark.parametrize("steps", [4, 8, 20, 25])
def test_simple_is_diffusers_trailing_where_steps_divide_the_timesteps(noise_schedule, steps):
    scheduler = DDIMScheduler(**SD1, timestep_spacing="trailing")
    scheduler.set_timesteps(steps)
    torch.testing.assert_close(
        simple(noise_schedule, steps).values[:-1], noise_schedule.sigmas[scheduler.timesteps]
    )
