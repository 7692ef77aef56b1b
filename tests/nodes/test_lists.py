from typing import Any

import pytest
from graphengine.nodes.lists import (
    count_items,
    join_text,
    make_list,
    number_range,
    pick,
    split_lines,
)

from graphengine.authoring.definition import node_definition
from graphengine.errors import GraphEngineError


def test_a_list_of_what_is_wired() -> None:
    assert make_list("a", "b") == ["a", "b"]
    definition = node_definition(make_list)
    assert definition is not None
    assert [each.types for each in definition.schema.outputs] == [("list[~T]",)]


@pytest.mark.parametrize(("index", "item"), [(0, "a"), (2, "c"), (-1, "c"), (-3, "a")])
def test_picking(index: int, item: str) -> None:
    assert pick(["a", "b", "c"], index) == item


@pytest.mark.parametrize("index", [3, -4])
def test_picking_beyond_the_end(index: int) -> None:
    with pytest.raises(
        GraphEngineError,
        match=f"input 'index': expected a place from -3 to 2, since the list has 3, got {index}",
    ):
        pick(["a", "b", "c"], index)


def test_picking_from_nothing() -> None:
    with pytest.raises(GraphEngineError, match="input 'items': expected a list with an item in it"):
        pick([], 0)


def test_counting() -> None:
    assert count_items([None, [1, 2], "a"]) == 3


@pytest.mark.parametrize(
    ("arguments", "numbers"),
    [((0, 3, 1), [0, 1, 2]), ((5, 0, -2), [5, 3, 1]), ((0, 5, 2), [0, 2, 4]), ((3, 0, 1), [])],
)
def test_ranges(arguments: tuple[int, int, int], numbers: list[int]) -> None:
    assert number_range(*arguments) == numbers


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 10, 0), "input 'step': expected a number other than 0, got 0"),
        (
            (0, 1_000_001, 1),
            "input 'stop': expected a range of at most 1,000,000 numbers, got one of 1,000,001",
        ),
        ((0, -(10**12), -1), "expected a range of at most 1,000,000 numbers"),
        ((0, 2_000_001, 2), "got one of 1,000,001"),
    ],
)
def test_ranges_without_end(arguments: Any, message: str) -> None:
    with pytest.raises(GraphEngineError, match=message):
        number_range(*arguments)


def test_ranges_are_checked_before_the_run() -> None:
    definition = node_definition(number_range)
    assert definition is not None
    assert definition.validate is not None
    assert len(number_range(0, 2_000_000, 2)) == 1_000_000
    with pytest.raises(GraphEngineError, match="input 'step'"):
        definition.validate(0, 10, 0)


def test_lines() -> None:
    assert split_lines("a\r\n\n b \n") == ["a", " b "]
    assert split_lines("a\n\nb", skip_empty=False) == ["a", "", "b"]
    assert join_text(["a", "b"]) == "a\nb"
    assert join_text(["a", "b"], ", ") == "a, b"
