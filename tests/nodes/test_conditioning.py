"""Conditionings joined, placed and timed."""

import pytest
import torch
from graphengine.nodes.conditioning import (
    average_conditioning,
    combine_conditioning,
    concat_conditioning,
    set_conditioning_area,
    set_conditioning_area_shares,
    set_conditioning_mask,
    set_conditioning_strength,
    set_conditioning_time_range,
    zero_out_conditioning,
)

from graphengine.authoring import Area, Conditioning, ConditioningPart, Mask, StepRange
from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.runtime import Runtime

AREA = Area(0, 0, 64, 64)


def saying(value: float, tokens: int = 2, width: int = 4, **where: object) -> Conditioning:
    context = torch.full((1, tokens, width), float(value))
    return Conditioning([ConditioningPart(context, **where)])  # type: ignore[arg-type]


def test_combining_keeps_all_parts_as_they_are() -> None:
    one, two = saying(1, area=AREA), saying(2, strength=0.5)
    assert combine_conditioning(one, two, one) == (*one, *two, *one)


def test_one_prompt_behind_another() -> None:
    (part,) = concat_conditioning(saying(1, area=AREA), saying(2, tokens=3))
    assert part.context[0, :, 0].tolist() == [1, 1, 2, 2, 2]
    assert part.area == AREA


@pytest.mark.parametrize(("amount", "expected"), [(0.0, 1), (0.25, 1.5), (1.0, 3)])
def test_the_mean_of_two_prompts(amount: float, expected: float) -> None:
    (part,) = average_conditioning(saying(1), saying(3), amount)
    assert part.context.equal(torch.full((1, 2, 4), float(expected)))


def test_the_mean_of_a_short_and_a_long_prompt() -> None:
    short = Conditioning([ConditioningPart(torch.arange(2.0).reshape(1, 2, 1))])
    long = Conditioning([ConditioningPart(torch.arange(4.0).reshape(1, 4, 1))])
    (part,) = average_conditioning(short, long, 0.5)
    assert part.context.flatten().tolist() == [0, 1, 1, 2]


def test_prompts_that_change_meet_at_all_their_times() -> None:
    first = Conditioning([*saying(1, steps=(StepRange(0, 3),)), *saying(2, steps=(StepRange(3),))])
    second = Conditioning([*saying(5, end=0.4, strength=0.5), *saying(6, start=0.4)])
    parts = concat_conditioning(first, second)
    assert [part.context[0, :, 0].tolist() for part in parts] == [
        [1, 1, 5, 5],
        [1, 1, 6, 6],
        [2, 2, 5, 5],
        [2, 2, 6, 6],
    ]
    assert [(part.start, part.end, part.strength) for part in parts] == [(0, 0.4, 0.5), (0.4, 1, 1)] * 2
    assert [part.steps for part in parts] == [(StepRange(0, 3),)] * 2 + [(StepRange(3),)] * 2


def test_times_that_never_meet_are_left_out() -> None:
    early, late = saying(1, end=0.4), saying(2, start=0.4)
    (part,) = average_conditioning(early, Conditioning([*early, *late]))
    assert (part.start, part.end) == (0, 0.4)
    with pytest.raises(GraphEngineError, match="expected two conditionings with a time in common"):
        average_conditioning(early, late)


@pytest.mark.parametrize("join", [concat_conditioning, average_conditioning])
@pytest.mark.parametrize("name", ["conditioning", "other"])
def test_nothing_can_be_joined_with_an_empty_conditioning(join: object, name: str) -> None:
    pair = {"conditioning": saying(1), "other": saying(2)} | {name: Conditioning()}
    with pytest.raises(
        GraphEngineError, match=f"input '{name}': expected a conditioning of one part or more, got"
    ):
        join(**pair)  # type: ignore[operator]


@pytest.mark.parametrize("where", [{"area": AREA}, {"mask": Mask(torch.ones(1, 8, 8))}], ids=["area", "mask"])
def test_what_is_added_has_no_place_of_its_own(where: dict[str, object]) -> None:
    with pytest.raises(
        GraphEngineError, match="input 'other': expected a conditioning for the whole picture"
    ):
        concat_conditioning(saying(1), saying(2, **where))


def test_vectors_of_different_encoders_cannot_be_joined() -> None:
    with pytest.raises(
        GraphEngineError, match="expected vectors 4 wide, as those of 'conditioning', got 8 wide"
    ):
        average_conditioning(saying(1), saying(2, width=8))


def test_where_it_counts() -> None:
    (part,) = set_conditioning_area(saying(1), 8, 16, 64, 32)
    assert part.area == Area(8, 16, 64, 32)
    (part,) = set_conditioning_area_shares(saying(1), 0.5, 0, 0.5, 1)
    assert part.area == Area(0.5, 0, 0.5, 1, "shares")
    mask = Mask(torch.ones(1, 8, 8))
    assert set_conditioning_mask(saying(1), mask)[0].mask is mask


def test_how_much_it_counts() -> None:
    parts = set_conditioning_strength(Conditioning([*saying(1), *saying(2, strength=0.5)]), 3.0)
    assert [part.strength for part in parts] == [3, 1.5]


def test_when_it_counts() -> None:
    (part,) = set_conditioning_time_range(saying(1), 0.2, 0.8)
    assert (part.start, part.end) == (0.2, 0.8)
    with pytest.raises(GraphEngineError, match=r"expected a start before the end, got start 0.8 and end 0.2"):
        set_conditioning_time_range(saying(1), 0.8, 0.2)


def test_zeros_say_nothing() -> None:
    (part,) = zero_out_conditioning(saying(1, strength=0.5, area=AREA))
    assert part.context.equal(torch.zeros(1, 2, 4))
    assert (part.strength, part.area) == (0.5, AREA)


@pytest.mark.parametrize(
    ("type_", "inputs", "message"),
    [
        ("set_conditioning_time_range", {"start": 0.6, "end": 0.5}, "got start 0.6 and end 0.5"),
        ("set_conditioning_area_shares", {"left": 0.75}, "an area that ends at a share of 1 or before"),
        ("set_conditioning_area", {"left": 12}, "multiple of 8"),
        ("set_conditioning_strength", {"strength": -1}, "got -1"),
    ],
)
def test_bad_literals_are_refused_before_anything_runs(
    runtime: Runtime, type_: str, inputs: dict[str, float], message: str
) -> None:
    workflow = {
        "format": "graphengine/1",
        "nodes": {
            "checkpoint": {"type": "load_checkpoint", "inputs": {"name": "shapes.safetensors"}},
            "text": {"type": "encode_text", "inputs": {"text_encoder": {"from": "checkpoint.text_encoder"}}},
            "placed": {"type": type_, "inputs": {"conditioning": {"from": "text.conditioning"}, **inputs}},
        },
    }
    with pytest.raises(InvalidWorkflow, match="node 'placed'") as caught:
        runtime.run(workflow)
    assert message in caught.value.message
