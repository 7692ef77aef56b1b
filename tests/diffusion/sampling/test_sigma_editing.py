import pytest
import torch

from graphengine.diffusion.sampling.flow_levels import FlowLevels
from graphengine.diffusion.sampling.schedules import karras, normal
from graphengine.diffusion.sampling.sigma_editing import (
    concatenate,
    cut_out,
    extend,
    flip,
    rescale,
    set_first,
    split,
)
from graphengine.diffusion.sampling.sigmas import Sigmas
from graphengine.errors import GraphEngineError

FIVE = Sigmas(torch.tensor([16.0, 8, 4, 2, 1, 0]))
FLOW = normal(FlowLevels(), 4)


@pytest.mark.parametrize("step", [0, 2, 5])
def test_halves_share_the_level_of_the_cut_and_join_again(step):
    high, low = split(FIVE, step)
    assert (high.steps, low.steps) == (step, 5 - step)
    assert high.values[-1] == low.values[0] == FIVE.values[step]
    assert torch.equal(concatenate(high, low).values, FIVE.values)


def test_a_cut_after_the_end_is_refused():
    with pytest.raises(GraphEngineError, match="'step': expected 0 to 5, the number of steps, got 6"):
        split(FIVE, 6)


@pytest.mark.parametrize(
    ("start", "end", "kept"),
    [(0, 10_000, [16, 8, 4, 2, 1, 0]), (1, 3, [8, 4, 2]), (4, 5, [1, 0]), (0, 1, [16, 8])],
)
def test_a_slice_holds_the_steps_between(start, end, kept):
    assert cut_out(FIVE, start, end).values.tolist() == kept


@pytest.mark.parametrize(
    ("start", "end", "complaint"),
    [
        (3, 2, "'end_step': expected more than start_step, 3, got 2"),
        (3, 3, "'end_step': expected more than start_step, 3, got 3"),
        (5, 9, "'start_step': expected 0 to 4, for there are 5 steps, got 5"),
        (-1, 2, "'start_step': expected 0 to 4"),
    ],
)
def test_a_slice_without_steps_is_refused(start, end, complaint):
    with pytest.raises(GraphEngineError, match=complaint):
        cut_out(FIVE, start, end)


def test_nothing_can_be_cut_out_of_a_single_level():
    with pytest.raises(GraphEngineError, match="expected sigmas with a step in them"):
        cut_out(Sigmas(torch.tensor([1.0])), 0, 1)


def test_flipped_they_rise_from_next_to_nothing():
    assert flip(FIVE).values.tolist() == pytest.approx([0.01, 1, 2, 4, 8, 16])
    assert flip(FLOW).scale == "flow"
    high = split(FIVE, 3).high
    assert torch.equal(flip(flip(high)).values, high.values)
    assert flip(Sigmas(torch.zeros(1))).values.tolist() == [0]


@pytest.mark.parametrize(
    ("spacing", "between"),
    [
        ("linear", [12]),
        ("log", [16 / 2**0.5]),
        ("cosine", [16 - 8 * 0.5**0.5]),
        ("sine", [16 - 8 * (1 - 0.5**0.5)]),
    ],
)
def test_levels_are_put_between(spacing, between):
    extended = extend(FIVE, 1, spacing, end_step=1)
    assert extended.values.tolist() == pytest.approx([16, *between, 8, 4, 2, 1, 0])


@pytest.mark.parametrize("spacing", ["linear", "log", "cosine", "sine"])
@pytest.mark.parametrize("sigmas", [FIVE, FLOW, flip(FIVE)], ids=["falling", "flow", "rising"])
def test_all_steps_are_extended_and_the_old_levels_stay(spacing, sigmas):
    extended = extend(sigmas, 3, spacing)
    assert extended.steps == 4 * sigmas.steps
    assert extended.scale == sigmas.scale
    assert torch.equal(extended.values[::4], sigmas.values)


def test_only_the_chosen_steps_are_extended():
    assert extend(FIVE, 3, "linear", 1, 3).values.tolist() == [16, 8, 7, 6, 5, 4, 3.5, 3, 2.5, 2, 1, 0]
    with pytest.raises(GraphEngineError, match="more than start_step, 2, got 1"):
        extend(FIVE, 3, "linear", 2, 1)


def test_rows_that_do_not_meet_go_on_from_one_to_the_other():
    first, second = Sigmas(torch.tensor([9.0, 7])), Sigmas(torch.tensor([5.0, 0]))
    assert concatenate(first, second).values.tolist() == [9, 7, 5, 0]
    with pytest.raises(GraphEngineError, match="each must be above the one before, got 0 after 5"):
        concatenate(second, first)
    with pytest.raises(GraphEngineError, match="for a flow model"):
        concatenate(first, FLOW)


def test_another_first_level():
    assert set_first(FIVE, 20).values.tolist() == [20, 8, 4, 2, 1, 0]
    with pytest.raises(GraphEngineError, match="each must be below the one before, got 8 after 7"):
        set_first(FIVE, 7)
    with pytest.raises(GraphEngineError, match="0 to 1 for a flow model"):
        set_first(FLOW, 14.6)


def test_stretched_between_two_others(noise_schedule):
    assert rescale(FIVE, 8.0, 1.0).values.tolist() == [8, 4.5, 2.75, 1.875, 1.4375, 1]
    assert rescale(FIVE, 0.5, 1.0).rising
    sigmas = rescale(karras(noise_schedule, 8), 10.0, 0.0).values
    assert (sigmas[0], sigmas[-1]) == (10, 0)
    with pytest.raises(GraphEngineError, match="at least one step"):
        rescale(Sigmas(torch.tensor([1.0])), 2, 1)
