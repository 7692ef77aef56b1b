import pytest
import torch
from diffusers import DDIMScheduler, EulerDiscreteScheduler

from graphengine.diffusion.sampling.schedules import SCHEDULES, ddim_uniform, karras, normal, simple

SD1 = {"beta_schedule": "scaled_linear", "beta_start": 0.00085, "beta_end": 0.012}


@pytest.mark.parametrize("name", SCHEDULES)
@pytest.mark.parametrize("steps", [1, 2, 7, 20, 150, 999])
def test_a_schedule_falls_from_the_most_noise_to_none_in_as_many_steps(noise_schedule, name, steps):
    sigmas = SCHEDULES[name](noise_schedule, steps)
    assert sigmas.steps == steps
    assert sigmas.values.dtype == torch.float32
    assert sigmas.values[-1] == 0
    assert noise_schedule.sigmas[0] * (1 - 1e-5) < sigmas.values[-2]
    assert sigmas.values[0] < noise_schedule.sigmas[-1] * (1 + 1e-5)
    if name != "ddim_uniform":
        torch.testing.assert_close(sigmas.values[0], noise_schedule.sigmas[-1])


def test_the_trained_range_is_stable_diffusions(noise_schedule):
    assert noise_schedule.sigmas[0].item() == pytest.approx(0.02917, abs=1e-5)
    assert noise_schedule.sigmas[-1].item() == pytest.approx(14.6146, abs=1e-4)


def test_normal_visits_evenly_spaced_timesteps(noise_schedule):
    torch.testing.assert_close(
        normal(noise_schedule, 4).values[:-1], noise_schedule.sigmas[[999, 666, 333, 0]]
    )


def test_simple_counts_from_the_last_trained_sigma(noise_schedule):
    # 1000 / 6 = 166.67: back by 0, 166, 333, 500, 666, 833
    expected = noise_schedule.sigmas[[999, 833, 666, 499, 333, 166]]
    torch.testing.assert_close(simple(noise_schedule, 6).values[:-1], expected)


def test_ddim_uniform_counts_from_timestep_1(noise_schedule):
    # 1000 // 6 = 166
    expected = noise_schedule.sigmas[[831, 665, 499, 333, 167, 1]]
    torch.testing.assert_close(ddim_uniform(noise_schedule, 6).values[:-1], expected)


def test_karras_by_hand(noise_schedule):
    low, high = 0.0291671 ** (1 / 7), 14.6146 ** (1 / 7)
    expected = torch.tensor([high**7, ((high + low) / 2) ** 7, low**7, 0])
    torch.testing.assert_close(karras(noise_schedule, 3).values, expected, rtol=1e-4, atol=0)


@pytest.mark.parametrize("steps", [10, 20, 50])
def test_karras_agrees_with_diffusers(noise_schedule, steps):
    scheduler = EulerDiscreteScheduler(**SD1, use_karras_sigmas=True)
    scheduler.set_timesteps(steps)
    torch.testing.assert_close(karras(noise_schedule, steps).values, scheduler.sigmas, rtol=2e-5, atol=0)


@pytest.mark.parametrize("steps", [10, 28, 38])
def test_normal_agrees_with_diffusers_where_timesteps_are_whole(noise_schedule, steps):
    # elsewhere diffusers interpolates sigma and we its logarithm
    scheduler = EulerDiscreteScheduler(**SD1, timestep_spacing="linspace")
    scheduler.set_timesteps(steps)
    torch.testing.assert_close(normal(noise_schedule, steps).values, scheduler.sigmas, rtol=2e-5, atol=0)


@pytest.mark.parametrize("steps", [7, 20, 30])
def test_ddim_uniform_agrees_with_diffusers(noise_schedule, steps):
    scheduler = DDIMScheduler(**SD1, timestep_spacing="leading", steps_offset=1)
    scheduler.set_timesteps(steps)
    expected = noise_schedule.sigmas[scheduler.timesteps]
    torch.testing.assert_close(ddim_uniform(noise_schedule, steps).values[:-1], expected)


@pytest.mark.parametrize(
    ("name", "steps", "limit"),
    [
        ("normal", 0, "1 or more"),
        ("karras", -1, "1 or more"),
        ("simple", 1001, "between 1 and 1000"),
        ("ddim_uniform", 1000, "between 1 and 999"),
    ],
)
def test_steps_that_a_schedule_cannot_have_are_refused(noise_schedule, name, steps, limit):
    with pytest.raises(ValueError, match=f"{limit}, got {steps}"):
        SCHEDULES[name](noise_schedule, steps)


def test_schedules_cannot_be_changed():
    with pytest.raises(TypeError):
        SCHEDULES["normal"] = karras
