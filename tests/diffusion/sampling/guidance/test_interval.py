import pytest
import torch

from graphengine.diffusion.sampling.guidance.classifier_free import ClassifierFree
from graphengine.diffusion.sampling.guidance.interval import Interval
from graphengine.diffusion.sampling.guidance.rescale import Rescale
from graphengine.diffusion.sampling.schedules import normal
from graphengine.errors import GraphEngineError
from tests.diffusion.sampling.guidance.known_predictions import SIGMA, A, B, Known, X, drawn, start

CFG = ClassifierFree(A, B, 7.5)


def test_unconditional_passes_are_made_inside_of_the_interval_alone(noise_schedule):
    denoiser = Known()
    denoise = start(CFG, denoiser, interval=Interval(0.2, 0.8))
    for sigma in normal(noise_schedule, 20).values[:-1]:
        denoise(X, sigma)
    assert denoiser.calls == [3] * 4 + [6] * 12 + [3] * 4  # 40 % of 20 are saved


def test_outside_is_the_positive_alone_without_modifiers():
    denoise = start(CFG, modifiers=[Rescale()], interval=Interval(0.0, 0.1))
    assert torch.equal(denoise(X, SIGMA), drawn(1))


def test_inside_is_guidance_as_without_an_interval(noise_schedule):
    sigma = noise_schedule.sigma_at(torch.tensor(500.0))
    for modifiers in ([], [Rescale()]):
        limited = start(CFG, modifiers=modifiers, interval=Interval(0.4, 0.6))
        assert torch.equal(limited(X, sigma), start(CFG, modifiers=modifiers)(X, sigma))


def test_a_pair_has_its_unconditional_prediction_outside_too():
    denoiser = Known()
    guided, unconditional = start(CFG, denoiser, interval=Interval(0.0, 0.1)).pair(X, SIGMA)
    assert torch.equal(guided, drawn(1))
    assert torch.equal(unconditional, drawn(2))
    assert denoiser.calls == [6]


def test_the_upper_bound_belongs_to_it_and_the_lower_does_not(noise_schedule):
    def at(share):
        return noise_schedule.sigma_at(torch.tensor((1 - share) * 999.0))

    interval = Interval(0.2, 0.8)
    assert interval.holds(noise_schedule, at(0.2))
    assert not interval.holds(noise_schedule, at(0.8))
    assert Interval().holds(noise_schedule, torch.tensor(1e6))
    assert Interval().holds(noise_schedule, torch.tensor(0.0))


@pytest.mark.parametrize("start, end", [(0.5, 0.5), (0.8, 0.2), (-0.1, 0.5), (0.5, 1.1)])
def test_an_interval_with_nothing_in_it_is_refused(start, end):
    with pytest.raises(GraphEngineError, match="0 <= start < end <= 1"):
        Interval(start, end)
