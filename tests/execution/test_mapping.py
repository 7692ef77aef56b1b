"""Lists mapped over the nodes that follow."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from graphengine.authoring import Blocked, Context, node
from graphengine.home import Home
from tests.execution.workbench import Workbench

CALLS: Counter[str] = Counter()


@pytest.fixture(autouse=True)
def _no_calls() -> None:
    CALLS.clear()


@node(category="t")
def numbers(values: list[int]) -> list[int]:
    return values


@node(category="t")
def grid(rows: int, columns: int) -> list[list[int]]:
    return [[10 * row + column for column in range(columns)] for row in range(rows)]


@node(category="t")
def add(a: int, b: int = 1) -> int:
    CALLS["add"] += 1
    return a + b


@node(category="t")
def total(values: list[int]) -> int:
    return sum(values)


@node(category="t")
def only_even(value: int) -> int:
    return Blocked("odd") if value % 2 else value  # type: ignore[return-value]


@node(category="t", output=True)
def show(value: int, *, context: Context) -> None:
    import numpy as np

    context.output(np.zeros((2, 2, 3), dtype=np.uint8), seed=value)


@node(category="t", output=True)
async def show_late(value: int, *, context: Context) -> None:
    import numpy as np

    while value < 3 and not CALLS[f"shown {value + 1}"]:  # the later in the list, the earlier
        await asyncio.sleep(0.001)
    context.output(np.zeros((2, 2, 3), dtype=np.uint8), seed=value)
    CALLS[f"shown {value}"] += 1


NODES = (numbers, grid, add, total, only_even, show, show_late)


def test_a_node_runs_once_per_item_and_one_may_take_the_list(home: Home) -> None:
    bench = Workbench(home, *NODES)
    result = bench.run(
        {
            "n": ("numbers", {"values": [1, 2, 3]}),
            "a": ("add", {"a": "<n.value", "b": 10}),
            "t": ("total", {"values": "<a.value"}),
        }
    )
    assert result.values == {"t": {"value": 36}}
    assert bench.told("expanded", "started") == [
        "started n",
        "expanded a",
        "started a/0",
        "started a/1",
        "started a/2",
        "started t",
    ]
    assert {event.parent for event in bench.events if getattr(event, "node", "").startswith("a/")} == {"a"}


def test_two_lists_go_item_by_item_and_the_rest_goes_with_each(home: Home) -> None:
    bench = Workbench(home, *NODES)
    nodes = {
        "n": ("numbers", {"values": [1, 2]}),
        "m": ("numbers", {"values": [10, 20]}),
        "one": ("numbers", {"values": [100]}),
        "a": ("add", {"a": "<n.value", "b": "<m.value"}),
        "b": ("add", {"a": "<a.value", "b": "<one.value"}),
    }
    assert bench.run(nodes).values == {"b": {"value": [111, 122]}}


def test_lists_of_different_lengths_are_refused(home: Home) -> None:
    bench = Workbench(home, *NODES)
    result = bench.run(
        {
            "n": ("numbers", {"values": [1, 2, 3]}),
            "m": ("numbers", {"values": [1, 2]}),
            "a": ("add", {"a": "<n.value", "b": "<m.value"}),
        }
    )
    assert result.error.kind == "list_length"
    assert str(result.error) == "node 'a' (add): expected lists of one length, got 3 in 'a', 2 in 'b'"


def test_lists_of_lists_are_mapped_twice(home: Home) -> None:
    bench = Workbench(home, *NODES)
    result = bench.run({"g": ("grid", {"rows": 2, "columns": 2}), "a": ("add", {"a": "<g.value"})})
    assert result.values == {"a": {"value": [[1, 2], [11, 12]]}}


def test_an_empty_list_runs_nothing(home: Home) -> None:
    bench = Workbench(home, *NODES)
    result = bench.run(
        {
            "n": ("numbers", {"values": []}),
            "a": ("add", {"a": "<n.value"}),
            "t": ("total", {"values": "<a.value"}),
        }
    )
    assert result.values == {"t": {"value": 0}}
    assert CALLS["add"] == 0


def test_one_changed_item_runs_one_item(home: Home) -> None:
    bench = Workbench(home, *NODES)

    def run(values: list[int]) -> Any:
        return bench.run(
            {
                "n": ("numbers", {"values": values}),
                "a": ("add", {"a": "<n.value"}),
                "b": ("add", {"a": "<a.value"}),
            }
        ).values["b"]["value"]

    assert run([1, 2, 3]) == [3, 4, 5]
    calls = CALLS["add"]
    assert run([1, 7, 3]) == [3, 9, 5]
    assert CALLS["add"] == calls + 2
    assert run([3, 2, 1, 7]) == [5, 4, 3, 9]
    assert CALLS["add"] == calls + 2


def test_blocked_items_are_left_out(home: Home) -> None:
    bench = Workbench(home, *NODES)
    result = bench.run(
        {
            "n": ("numbers", {"values": [1, 2, 3, 4]}),
            "e": ("only_even", {"value": "<n.value"}),
            "a": ("add", {"a": "<e.value"}),
        }
    )
    assert result.values == {"a": {"value": [3, 5]}}


def test_an_output_node_is_mapped_too(home: Home) -> None:
    bench = Workbench(home, *NODES)
    nodes = {"n": ("numbers", {"values": [1, 2, 3]}), "s": ("show", {"value": "<n.value"})}
    assert [artifact.seed for artifact in bench.run(nodes).artifacts] == [1, 2, 3]
    again = bench.run(nodes)
    assert again.executed == 0
    assert [artifact.seed for artifact in again.artifacts] == [1, 2, 3]


def test_what_is_handed_out_is_in_the_order_of_the_list_whoever_ends_first(home: Home) -> None:
    bench = Workbench(home, *NODES)
    nodes = {"n": ("numbers", {"values": [1, 2, 3]}), "s": ("show_late", {"value": "<n.value"})}
    assert [artifact.seed for artifact in bench.run(nodes).artifacts] == [1, 2, 3]
    told = [event.artifact.seed for event in bench.events if event.event == "output"]
    assert told == [3, 2, 1]  # as soon as each was there
