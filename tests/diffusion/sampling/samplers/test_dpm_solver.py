import itertools

import pytest
import torch

from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.diffusion.sampling.samplers.dpm_fast import fast_orders
from graphengine.diffusion.sampling.samplers.dpm_solver import curvature, position
from graphengine.diffusion.sampling.samplers.step_control import StepControl
from graphengine.diffusion.sampling.schedules import karras


def run(name, denoise, sigmas, **options):
    """Its steps, and how often it called the model."""
    calls = itertools.count()

    def counted(x, sigma):
        next(calls)
        return denoise(x, sigma)

    x = sigmas[0] * torch.randn(1, 4, 8, 8, generator=torch.Generator().manual_seed(0))
    sampler = SAMPLERS[name].with_options(**options)
    steps = list(sampler.method(counted, x, sigmas, NoiseSource([0])))
    return steps, next(calls)


@pytest.mark.parametrize(
    ("calls", "orders"),
    [(0, []), (1, [1]), (2, [2]), (3, [2, 1]), (4, [3, 1]), (5, [3, 2]), (6, [3, 2, 1]), (7, [3, 3, 1])],
)
def test_orders_of_dpm_fast_use_up_the_calls(calls, orders):
    assert fast_orders(calls) == orders
    assert sum(orders) == calls


@pytest.mark.parametrize("count", range(1, 12))
@pytest.mark.parametrize("to_0", [True, False])
def test_dpm_fast_calls_the_model_once_per_given_step(gaussian, noise_schedule, count, to_0):
    sigmas = karras(noise_schedule, count if to_0 else count + 1).values[: count + 1]
    steps, calls = run("dpm_fast", gaussian.denoise, sigmas)
    assert calls == count
    assert steps[-1].sigma == sigmas[-1]
    indices = [step.index for step in steps]
    assert indices == sorted(indices)
    assert indices[-1] == count - 1


def test_dpm_adaptive_takes_its_own_steps_within_the_tolerance(gaussian, noise_schedule):
    sigmas = karras(noise_schedule, 20).values[:-1]
    steps, calls = run("dpm_adaptive", gaussian.denoise, sigmas)
    levels = [sigmas[0].item(), *(step.sigma.item() for step in steps)]
    assert levels == sorted(levels, reverse=True)
    assert levels[-1] == sigmas[-1].item()
    assert 2 * len(steps) < calls < 100
    longest = max(a / b for a, b in itertools.pairwise(levels))
    assert longest > 2 * min(a / b for a, b in itertools.pairwise(levels))


def test_the_number_of_given_steps_makes_no_difference_to_dpm_adaptive(gaussian, noise_schedule):
    few, _ = run("dpm_adaptive", gaussian.denoise, karras(noise_schedule, 4).values)
    many, _ = run("dpm_adaptive", gaussian.denoise, karras(noise_schedule, 40).values)
    torch.testing.assert_close(few[-1].x, many[-1].x)
    assert [step.index for step in few] == [min(step.index, 3) for step in few]


@pytest.mark.parametrize("order", [2, 3])
def test_a_model_that_no_step_suits_costs_a_bounded_number_of_calls(noise_schedule, order):
    generator = torch.Generator().manual_seed(3)

    def denoise(x, sigma):
        return torch.randn(x.shape, generator=generator)

    sigmas = karras(noise_schedule, 10).values
    steps, calls = run("dpm_adaptive", denoise, sigmas, order=order, rtol=1e-6, atol=1e-6, most_steps=50)
    assert len(steps) <= 51
    assert calls < 51 * order + 20 * order


def test_dpm_adaptive_has_order_2_or_3(gaussian, noise_schedule):
    with pytest.raises(ValueError, match="2 or 3, got 4"):
        run("dpm_adaptive", gaussian.denoise, karras(noise_schedule, 4).values, order=4)


def test_the_position_of_a_level_is_the_step_that_it_lies_in():
    sigmas = torch.tensor([10.0, 5.0, 1.0, 0.0])
    found = {level: position(sigmas, torch.tensor(level)) for level in (10.0, 7.0, 5.0, 4.9, 1.0, 0.5, 0.0)}
    assert found == {10.0: 0, 7.0: 0, 5.0: 0, 4.9: 1, 1.0: 1, 0.5: 2, 0.0: 2}


def test_the_weight_of_a_rising_noise_is_its_integral():
    sigma = torch.linspace(3, 2, 100_001, dtype=torch.float64)
    share = (3 / sigma).log() / torch.tensor(3 / 2).log()
    expected = -torch.trapezoid(share, sigma).item()
    assert curvature(torch.tensor(3.0), torch.tensor(2.0)) == pytest.approx(expected, rel=1e-7)
    assert curvature(torch.tensor(2.0), torch.tensor(2.0)) == 0


def test_step_control_survives_errors_without_end():
    control = StepControl(0.1, 3, (0.3, 0.9, 0.1))
    assert not control.accepts(float("inf"))
    assert 0 < control.h < 0.1
