"""Inputs that are made only if the node asks for them."""

from collections import Counter
from typing import Any, TypeVar

import pytest

from graphengine.authoring import Blocked, Lazy, node
from graphengine.home import Home
from tests.execution.workbench import Workbench

T = TypeVar("T")
CALLS: Counter[str] = Counter()


@pytest.fixture(autouse=True)
def _no_calls() -> None:
    CALLS.clear()


@node(category="t")
def number(value: int) -> int:
    CALLS[f"number {value}"] += 1
    return value


@node(category="t")
def double(value: int) -> int:
    CALLS["double"] += 1
    return 2 * value


@node(category="t")
def either(first: bool, a: Lazy[T], b: Lazy[T]) -> T:
    CALLS["either"] += 1
    return a.get() if first else b.get()


@node(category="t")
def pass_on(first: bool, a: Lazy[T], b: Lazy[T]) -> T:
    return a if first else b  # type: ignore[return-value]


@node(category="t")
def both_in_turn(a: Lazy[int], b: Lazy[int]) -> int:
    CALLS["both"] += 1
    return a.get() * 10 + b.get()


@node(category="t")
def sum_of_asked(which: str, **numbers: Lazy[int]) -> int:
    return sum(numbers[name].get() for name in which.split())


@node(category="t")
def stop(why: str) -> int:
    return Blocked(why)  # type: ignore[return-value]


NODES = (number, double, either, pass_on, both_in_turn, sum_of_asked, stop)


@pytest.mark.parametrize("type", ["either", "pass_on"])
def test_what_is_not_asked_for_never_runs(home: Home, type: str) -> None:
    bench = Workbench(home, *NODES)
    result = bench.run(
        {
            "a": ("number", {"value": 1}),
            "b": ("number", {"value": 2}),
            "e": (type, {"first": False, "a": "<a.value", "b": "<b.value"}),
        }
    )
    assert (result.state, result.values) == ("succeeded", {"e": {"value": 2}})
    assert CALLS["number 1"] == 0
    assert CALLS["number 2"] == 1
    assert (result.executed, result.cached) == (2, 0)
    assert bench.told("started", "cached") == ["started e", "started b"]


@pytest.mark.parametrize("type", ["either", "pass_on"])
def test_what_follows_does_not_depend_on_what_was_not_asked_for(home: Home, type: str) -> None:
    bench = Workbench(home, *NODES)

    def run(b: int) -> Any:
        return bench.run(
            {
                "a": ("number", {"value": 1}),
                "b": ("number", {"value": b}),
                "e": (type, {"first": True, "a": "<a.value", "b": "<b.value"}),
                "d": ("double", {"value": "<e.value"}),
            }
        )

    assert run(2).values == {"d": {"value": 2}}
    assert run(3).values == {"d": {"value": 2}}
    assert CALLS["double"] == 1
    assert CALLS["number 3"] == 0


def test_a_choice_that_changes_runs_what_is_new(home: Home) -> None:
    bench = Workbench(home, *NODES)

    def run(first: bool) -> Any:
        return bench.run(
            {
                "a": ("number", {"value": 1}),
                "b": ("number", {"value": 2}),
                "e": ("pass_on", {"first": first, "a": "<a.value", "b": "<b.value"}),
                "d": ("double", {"value": "<e.value"}),
            }
        ).values["d"]["value"]

    assert [run(True), run(False), run(True), run(False)] == [2, 4, 2, 4]
    assert CALLS == {"number 1": 1, "number 2": 1, "double": 2}


def test_several_are_asked_for_in_turn(home: Home) -> None:
    bench = Workbench(home, *NODES)
    result = bench.run(
        {
            "a": ("number", {"value": 1}),
            "b": ("number", {"value": 2}),
            "c": ("both_in_turn", {"a": "<a.value", "b": "<b.value"}),
        }
    )
    assert result.values == {"c": {"value": 12}}
    assert CALLS["both"] == 3  # called again from its beginning each time it asked
    assert bench.told("started").count("started c") == 1


def test_as_many_lazy_inputs_as_are_wired(home: Home) -> None:
    bench = Workbench(home, *NODES)
    inputs = {f"n{i}": f"<s{i}.value" for i in range(4)}
    nodes = {f"s{i}": ("number", {"value": i}) for i in range(4)}
    result = bench.run(nodes | {"c": ("sum_of_asked", {"which": "n1 n3", **inputs})})
    assert result.values == {"c": {"value": 4}}
    assert {name for name in CALLS if name.startswith("number")} == {"number 1", "number 3"}


def test_asking_for_what_is_not_there_is_told(home: Home) -> None:
    bench = Workbench(home, *NODES)
    result = bench.run(
        {"s": ("number", {"value": 1}), "c": ("sum_of_asked", {"which": "n7", "n1": "<s.value"})}
    )
    assert result.state == "failed"
    assert result.error.node == "c"
    assert "n7" in result.error.message


def test_asking_for_a_blocked_input_skips_the_node(home: Home) -> None:
    bench = Workbench(home, *NODES)
    nodes = {
        "a": ("number", {"value": 1}),
        "b": ("stop", {"why": "no face"}),
        "e": ("either", {"first": False, "a": "<a.value", "b": "<b.value"}),
        "d": ("double", {"value": "<e.value"}),
    }
    result = bench.run(nodes)
    assert (result.state, result.skipped) == ("succeeded", 2)
    assert bench.told("skipped") == ["skipped e", "skipped d"]
    assert bench.run(nodes | {"e": ("either", {"first": True, "a": "<a.value", "b": "<b.value"})}).values == {
        "d": {"value": 2}
    }


def test_a_literal_is_there_already(home: Home) -> None:
    bench = Workbench(home, *NODES)
    nodes = {"a": ("number", {"value": 1}), "e": ("either", {"first": False, "a": "<a.value", "b": 5})}
    assert bench.run(nodes).values == {"e": {"value": 5}}
    nodes["e"] = ("pass_on", {"first": False, "a": "<a.value", "b": 6})
    assert bench.run(nodes).values == {"e": {"value": 6}}
    assert CALLS["number 1"] == 0
