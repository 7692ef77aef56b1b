import pytest
import torch

from graphengine.authoring import ConditioningPart, StepRange
from graphengine.diffusion.sampling.schedules import karras
from graphengine.diffusion.sampling.time_ranges import resolve
from graphengine.errors import GraphEngineError

CONTEXT = torch.zeros(1, 5, 16)
EVERYWHERE = ConditioningPart(CONTEXT)


@pytest.fixture
def sigmas(noise_schedule):
    return karras(noise_schedule, 10).values


def active_steps(part, noise_schedule, sigmas):
    """The steps whose first call of the model sees the part."""
    resolved = resolve("positive", [part, EVERYWHERE], noise_schedule, sigmas)
    return [step for step, sigma in enumerate(sigmas[:-1].tolist()) if part in resolved.active(sigma)]


@pytest.mark.parametrize(
    ("steps", "active"),
    [
        ((), range(10)),
        ((StepRange(0, 4),), range(4)),
        ((StepRange(4),), range(4, 10)),
        ((StepRange(0.29, 1.0),), range(2, 10)),
        ((StepRange(0, 0.3),), range(3)),  # 0.3 * 10 is no whole number
        ((StepRange(2, 0.8), StepRange(0.5)), range(5, 8)),
        ((StepRange(0, 99),), range(10)),
        ((StepRange(99),), ()),
        ((StepRange(1, None, 3),), (1, 4, 7)),
        ((StepRange(0, None, 2), StepRange(0.5, 0.9)), (6, 8)),
        ((StepRange(3, 3),), ()),
    ],
)
def test_steps(steps, active, noise_schedule, sigmas):
    assert active_steps(ConditioningPart(CONTEXT, steps=steps), noise_schedule, sigmas) == list(active)


def test_shares_of_the_noise_levels_divide_the_timesteps(noise_schedule):
    sigmas = torch.cat([noise_schedule.sigmas.flip(0), torch.zeros(1)])
    first = ConditioningPart(CONTEXT, end=0.25)
    second = ConditioningPart(CONTEXT, start=0.25)
    early, late = (active_steps(part, noise_schedule, sigmas) for part in (first, second))
    assert sorted(early + late) == list(range(1000))
    assert len(early) == 250


def test_a_sigma_that_lost_its_last_bits_is_in_the_same_step(noise_schedule, sigmas):
    part = ConditioningPart(CONTEXT, steps=(StepRange(4),))
    resolved = resolve("positive", [part, EVERYWHERE], noise_schedule, sigmas)
    there_and_back = [sigma / (1 + sigma) for sigma in sigmas[:-1]]
    there_and_back = [(t / (1 - t)).item() for t in there_and_back]
    assert [part in resolved.active(sigma) for sigma in there_and_back] == [False] * 4 + [True] * 6


def test_steps_of_a_run_towards_noise(noise_schedule, sigmas):
    part = ConditioningPart(CONTEXT, steps=(StepRange(2, 5),))
    resolved = resolve("positive", [part, EVERYWHERE], noise_schedule, sigmas.flip(0))
    rising = sigmas.flip(0)[:-1].tolist()
    assert [step for step, sigma in enumerate(rising) if part in resolved.active(sigma)] == [2, 3, 4]


def test_a_part_of_no_strength_is_not_there(noise_schedule, sigmas):
    assert active_steps(ConditioningPart(CONTEXT, 0.0), noise_schedule, sigmas) == []


def test_an_empty_conditioning_is_refused(noise_schedule, sigmas):
    with pytest.raises(
        GraphEngineError, match="input 'negative': expected a conditioning of one part or more"
    ):
        resolve("negative", [], noise_schedule, sigmas)


@pytest.mark.parametrize(
    ("part", "where"),
    [
        (ConditioningPart(CONTEXT, start=0.5), "in step 1 of 10"),
        (ConditioningPart(CONTEXT, steps=(StepRange(0, 7),)), "in step 8 of 10"),
        (ConditioningPart(CONTEXT, 0.0), "in step 1 of 10"),
    ],
)
def test_steps_that_nothing_speaks_for_are_refused_before_the_first(part, where, noise_schedule, sigmas):
    with pytest.raises(GraphEngineError) as caught:
        resolve("positive", [part], noise_schedule, sigmas)
    assert where in caught.value.message
    assert caught.value.input == "positive"
