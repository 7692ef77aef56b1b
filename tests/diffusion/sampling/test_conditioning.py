"""Against answers that are known: the denoiser adds to x the mean of its context."""

import pytest
import torch

from graphengine.authoring import Area, ConditioningPart, Mask, StepRange
from graphengine.diffusion.sampling.conditioning import predict
from graphengine.diffusion.sampling.contexts import Contexts
from graphengine.diffusion.sampling.network_denoiser import NetworkDenoiser
from graphengine.diffusion.sampling.time_ranges import resolve
from graphengine.errors import GraphEngineError

SIGMA = torch.tensor(2.0)
SIGMAS = torch.tensor([4.0, 2.0, 0.0])


class Averaging:
    """Remembers the shapes that it was asked for."""

    def __init__(self):
        self.calls = []

    def __call__(self, x, sigma, context):
        self.calls.append((tuple(x.shape), tuple(context.shape)))
        return x + context.mean(dim=(1, 2))[:, None, None, None]


@pytest.fixture
def x():
    return torch.randn(2, 4, 8, 16)


@pytest.fixture
def answer(x, noise_schedule):
    """What each conditioning, given by its parts, adds to x; and the calls that it took."""

    def answer(*conditionings, sigma=SIGMA):
        denoiser = Averaging()
        resolved = [resolve("positive", parts, noise_schedule, SIGMAS) for parts in conditionings]
        answers = predict(denoiser, x, sigma, resolved)
        return [each - x for each in answers], denoiser.calls

    return answer


def saying(value, tokens=5, **where):
    return ConditioningPart(torch.full((1, tokens, 16), float(value)), **where)


def test_conditionings_of_one_part_go_through_the_network_together(answer):
    (one, two), calls = answer([saying(1)], [saying(2)])
    torch.testing.assert_close(one, torch.full_like(one, 1))
    torch.testing.assert_close(two, torch.full_like(two, 2))
    assert calls == [((4, 4, 8, 16), (4, 5, 16))]


def test_parts_count_by_their_strength(answer):
    (mean,), calls = answer([saying(1, strength=3.0), saying(5)])
    torch.testing.assert_close(mean, torch.full_like(mean, 2))
    assert len(calls) == 1


def test_areas_are_computed_on_what_lies_inside(answer):
    left, right = Area(0, 0, 64, 64), Area(0.5, 0, 0.5, 1, "shares")
    (found,), calls = answer([saying(1, area=left), saying(2, area=right)])
    torch.testing.assert_close(found[..., :8], torch.full_like(found[..., :8], 1))
    torch.testing.assert_close(found[..., 8:], torch.full_like(found[..., 8:], 2))
    assert calls == [((4, 4, 8, 8), (4, 5, 16))]


def test_where_an_area_meets_a_background_they_mix(answer):
    (found,), calls = answer([saying(0), saying(4, strength=3.0, area=Area(32, 16, 64, 32))])
    expected = torch.zeros_like(found)
    expected[..., 2:6, 4:12] = 3
    torch.testing.assert_close(found, expected)
    assert sorted(calls) == [((2, 4, 4, 8), (2, 5, 16)), ((2, 4, 8, 16), (2, 5, 16))]


def test_a_mask_weighs_every_place_of_every_picture(answer, x):
    mask = Mask(torch.rand(2, 8, 16))
    (found,), _ = answer([saying(0), saying(1, mask=mask)])
    expected = (mask.pixels / (1 + mask.pixels))[:, None].expand_as(x)
    torch.testing.assert_close(found, expected)


def test_a_mask_alone_has_the_whole_say_where_it_is_not_0(answer):
    (found,), _ = answer([saying(1, mask=Mask(torch.full((1, 64, 128), 0.25)))])
    torch.testing.assert_close(found, torch.ones_like(found))


def test_a_mask_is_of_the_picture_and_not_of_the_area(answer):
    pixels = torch.zeros(1, 8, 16)
    pixels[..., 4:6] = 1
    (found,), _ = answer([saying(0), saying(2, area=Area(32, 0, 64, 64), mask=Mask(pixels))])
    assert found[0, 0, 0].round(decimals=5).tolist() == [0] * 4 + [1] * 2 + [0] * 10


def test_parts_out_of_their_time_are_not_asked(answer):
    parts = [saying(1, steps=(StepRange(0, 1),)), saying(2, steps=(StepRange(1),))]
    (early,), calls = answer(parts, sigma=SIGMAS[0])
    (late,), _ = answer(parts, sigma=SIGMAS[1])
    torch.testing.assert_close(early, torch.full_like(early, 1))
    torch.testing.assert_close(late, torch.full_like(late, 2))
    assert len(calls) == 1


def test_nothing_is_asked_twice(answer):
    shared = saying(1)
    (one, two), calls = answer([shared], [ConditioningPart(shared.context, 0.5), saying(3, strength=0.5)])
    torch.testing.assert_close(one, torch.full_like(one, 1))
    torch.testing.assert_close(two, torch.full_like(two, 2))
    assert calls == [((4, 4, 8, 16), (4, 5, 16))]


def test_lengths_that_fit_into_each_other_go_together_and_others_apart(answer):
    (one, two), calls = answer([saying(1, tokens=5)], [saying(2, tokens=10)])
    assert calls == [((4, 4, 8, 16), (4, 10, 16))]
    assert (one.mean().item(), two.mean().item()) == pytest.approx((1, 2), abs=1e-5)
    _, calls = answer([saying(1, tokens=5)], [saying(2, tokens=7)])
    assert calls == [((2, 4, 8, 16), (2, 5, 16)), ((2, 4, 8, 16), (2, 7, 16))]


def test_a_place_that_nothing_speaks_for_is_named(answer):
    with pytest.raises(GraphEngineError) as caught:
        answer([saying(1, area=Area(0, 0, 64, 64))])
    assert "input 'positive'" in caught.value.message
    assert "left 64, top 0" in caught.value.message
    assert "combine it" in caught.value.message


@pytest.mark.parametrize(
    "where", [{"area": Area(64, 0, 128, 64)}, {"mask": Mask(torch.ones(1, 9, 16))}], ids=["area", "mask"]
)
def test_what_does_not_fit_the_picture_is_refused_before_the_network_is_asked(x, where, noise_schedule):
    denoiser = Averaging()
    resolved = resolve("negative", [saying(0), saying(1, **where)], noise_schedule, SIGMAS)
    with pytest.raises(GraphEngineError, match=r"input 'negative': expected .* 128 x 64 pixels"):
        predict(denoiser, x, SIGMA, [resolved])
    assert denoiser.calls == []


def test_a_time_that_nothing_speaks_for_is_named(x, noise_schedule):
    resolved = resolve("positive", [saying(1, end=0.9)], noise_schedule, SIGMAS)
    with pytest.raises(GraphEngineError, match="without an active part at sigma"):
        predict(Averaging(), x, torch.tensor(0.05), [resolved])  # a step between two


def test_the_real_network_gets_what_it_gets_alone(unet, noise_schedule, contexts):
    """Tolerance: kernels differ with the size of a batch, by a few units of the last place."""
    torch.manual_seed(1)
    x = 2 * torch.randn(1, 4, 8, 16)
    denoiser = NetworkDenoiser(unet, noise_schedule)
    left = Area(0, 0, 64, 64)
    parts = [ConditioningPart(contexts[0]), ConditioningPart(contexts[1].repeat(1, 2, 1), area=left)]
    resolved = resolve("positive", parts, noise_schedule, SIGMAS)
    (found,) = predict(denoiser, x, SIGMA, [resolved], Contexts())
    expected = denoiser(x, SIGMA, contexts[0])
    inside = denoiser(x[..., :8], SIGMA, contexts[1])
    expected[..., :8] = (expected[..., :8] + inside) / 2
    torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-4)
