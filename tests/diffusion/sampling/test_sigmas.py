import pytest
import torch

from graphengine.diffusion.sampling.sigmas import Sigmas
from graphengine.errors import GraphEngineError


@pytest.mark.parametrize(
    ("strength", "kept"), [(1.0, 10), (0.75, 8), (0.7, 7), (0.5, 5), (0.1, 1), (0.01, 1), (0.0, 0)]
)
def test_strength_keeps_the_last_steps(strength, kept):
    sigmas = Sigmas(torch.arange(10, -1, -1.0))
    truncated = sigmas.truncate(strength)
    assert truncated.steps == kept
    assert truncated.values.tolist() == list(range(kept, -1, -1))


def test_strength_does_not_gain_a_step_by_rounding():
    assert Sigmas(torch.arange(100, -1, -1.0)).truncate(0.07).steps == 7


@pytest.mark.parametrize("strength", [-0.1, 1.1])
def test_strengths_out_of_range_are_refused(strength):
    with pytest.raises(ValueError, match="between 0 and 1"):
        Sigmas(torch.tensor([1.0, 0])).truncate(strength)


def test_they_may_rise_all_the_way():
    sigmas = Sigmas(torch.tensor([0.5, 1, 5]))
    assert sigmas.rising and sigmas.steps == 2
    assert sigmas.falling.tolist() == [5, 1, 0.5]
    falling = Sigmas(torch.tensor([5.0, 1, 0]))
    assert not falling.rising and falling.falling.tolist() == [5, 1, 0]
    assert not Sigmas(torch.tensor([5.0])).rising


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ([3.0, 3, 0], "each must be below the one before, got 3 after 3, as number 2"),
        ([3.0, 1, 2, 0], "each must be below the one before, got 2 after 1, as number 3"),
        ([0.0, 2, 3], "the first of rising ones must be above 0, got 0"),
        ([0.5, 2, 1, 3], "each must be above the one before, got 1 after 2, as number 3"),
        ([2.0, 3, 2], "got 3 after 2, as number 2"),
        ([1.0, -1], "each must be 0 or above, got -1 as number 2"),
        ([float("nan"), 0], "got nan as number 1"),
        ([float("inf"), 0], "got inf as number 1"),
    ],
)
def test_levels_that_no_sampler_can_follow_are_refused(values, complaint):
    with pytest.raises(GraphEngineError, match=complaint) as raised:
        Sigmas(torch.tensor(values))
    assert raised.value.kind == "bad_sigmas"


def test_levels_of_a_flow_lie_between_0_and_1():
    with pytest.raises(GraphEngineError, match=r"0 to 1 for a flow model, got 14\.6 as number 1"):
        Sigmas(torch.tensor([14.6, 0.0]), "flow")


@pytest.mark.parametrize("values", [torch.zeros(0), torch.zeros(1, 1), torch.tensor(1.0)])
def test_a_row_of_numbers_is_needed(values):
    with pytest.raises(ValueError, match="row of one or more numbers"):
        Sigmas(values)


def test_levels_of_the_other_scale_are_refused():
    with pytest.raises(GraphEngineError, match="for a flow model, but the model is a") as raised:
        Sigmas(torch.tensor([1.0, 0]), "flow").check_scale("exploding")
    assert raised.value.input == "sigmas" and raised.value.hint
