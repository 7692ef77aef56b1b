"""Nodes that return a subgraph to run in their place."""

import sys
from collections import Counter
from typing import Any, NamedTuple

import pytest

from graphengine.authoring import Expansion, Lazy, node
from graphengine.home import Home
from tests.execution.workbench import Workbench

CALLS: Counter[str] = Counter()


@pytest.fixture(autouse=True)
def _no_calls() -> None:
    CALLS.clear()


class Thing:
    """A value that is no JSON."""

    def __init__(self, number: int) -> None:
        self.number = number


class Two(NamedTuple):
    low: int
    high: int


@node(category="t")
def add(a: int, b: int = 1) -> int:
    CALLS["add"] += 1
    return a + b


@node(category="t")
def add_many(a: int, times: int) -> int | Expansion:
    CALLS["add_many"] += 1
    graph = Expansion()
    value: Any = a
    for _ in range(times):
        value = graph.add(add, a=value).value
    return graph.give(value)


@node(category="t")
def down(a: int, turns: int) -> int | Expansion:
    graph = Expansion()
    if not turns:
        return a
    return graph.give(graph.add("down", a=graph.add(add, a=a).value, turns=turns - 1).value)


@node(category="t")
def spread(a: int) -> Two | Expansion:
    graph = Expansion()
    return graph.give(low=a, high=graph.add(add, a=a, b=100).value)


@node(category="t")
def thing(number: int) -> Thing:
    return Thing(number)


@node(category="t")
def read(thing: Thing) -> int:
    CALLS["read"] += 1
    return thing.number


@node(category="t")
def read_twice(thing: Thing, other: Lazy[Thing] | None = None) -> int | Expansion:
    graph = Expansion()
    inner = graph.add(read, thing=thing)
    outer = graph.add(read, thing=other if other is not None else Thing(7))
    return graph.give(graph.add(add, a=inner.value, b=outer.value).value)


@node(category="t")
def wrong_type() -> int | Expansion:
    graph = Expansion()
    return graph.give(graph.add(add, a=graph.add(thing, number=1).thing).value)


@node(category="t")
def wrong_name() -> int | Expansion:
    graph = Expansion()
    return graph.give(graph.add(add, a=1).valeu)


@node(category="t")
def for_ever(a: int = 0) -> int | Expansion:
    graph = Expansion()
    return graph.give(graph.add("for_ever", a=graph.add(add, a=a).value).value)


@node(category="t")
def lists(count: int) -> list[int] | Expansion:
    graph = Expansion()
    return graph.give([graph.add(add, a=number).value for number in range(count)])


NODES = (
    add,
    add_many,
    down,
    spread,
    thing,
    read,
    read_twice,
    wrong_type,
    wrong_name,
    for_ever,
    lists,
)


def test_what_it_returns_runs_in_its_place(home: Home) -> None:
    bench = Workbench(home, *NODES)
    nodes = {"m": ("add_many", {"a": 1, "times": 3}), "z": ("add", {"a": "<m.value", "b": 10})}
    result = bench.run(nodes)
    assert (result.values, result.executed) == ({"z": {"value": 14}}, 5)
    expanded = next(event for event in bench.events if event.event == "expanded")
    assert expanded.to_dict() == {
        "event": "expanded",
        "node": "m",
        "nodes": ["m/add_0", "m/add_1", "m/add_2"],
    }
    again = bench.run(nodes)
    assert (again.executed, again.cached) == (0, 2)


def test_its_nodes_are_cached_like_any_others(home: Home) -> None:
    bench = Workbench(home, *NODES)
    bench.run({"m": ("add_many", {"a": 1, "times": 3})})
    assert CALLS["add"] == 3
    assert bench.run({"m": ("add_many", {"a": 1, "times": 5})}).values == {"m": {"value": 6}}
    assert CALLS["add"] == 5
    assert bench.run({"m": ("add_many", {"a": 1, "times": 2})}).values == {"m": {"value": 3}}
    assert (CALLS["add"], CALLS["add_many"]) == (5, 3)


def test_what_follows_is_keyed_by_what_stands_in(home: Home) -> None:
    bench = Workbench(home, *NODES)
    bench.run({"m": ("add_many", {"a": 1, "times": 1}), "z": ("add", {"a": "<m.value", "b": 50})})
    result = bench.run({"m": ("add", {"a": 1}), "z": ("add", {"a": "<m.value", "b": 50})})
    assert result.executed == 0


def test_outputs_of_every_kind(home: Home) -> None:
    bench = Workbench(home, *NODES)
    nodes = {
        "s": ("spread", {"a": 1}),
        "l": ("add", {"a": "<s.low"}),
        "h": ("add", {"a": "<s.high"}),
        "many": ("lists", {"count": 3}),
        "mapped": ("add", {"a": "<many.value"}),
    }
    values = bench.run(nodes).values
    assert values == {"l": {"value": 2}, "h": {"value": 102}, "mapped": {"value": [2, 3, 4]}}


def test_values_go_in_by_where_they_come_from(home: Home) -> None:
    bench = Workbench(home, *NODES)
    nodes = {
        "t": ("thing", {"number": 1}),
        "o": ("thing", {"number": 2}),
        "r": ("read_twice", {"thing": "<t.thing", "other": "<o.thing"}),
        "direct": ("read", {"thing": "<o.thing"}),
    }
    assert bench.run(nodes).values == {"r": {"value": 3}, "direct": {"value": 2}}
    assert CALLS["read"] == 2  # the expansion reads what `direct` reads: it is made once
    assert bench.run(nodes | {"r": ("read_twice", {"thing": "<t.thing"})}).values["r"] == {"value": 8}


@pytest.mark.parametrize("type", ["add_many", "down"])
def test_many_and_deep_expansions_take_linear_time_and_constant_stack(home: Home, type: str) -> None:
    input = {"add_many": "times", "down": "turns"}[type]
    bench = Workbench(home, *NODES)
    bench.run({"m": (type, {"a": 0, input: 50})})
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(300)
    try:
        result = bench.run({"m": (type, {"a": 0, input: 5000})})
    finally:
        sys.setrecursionlimit(limit)
    assert result.error is None
    assert result.values == {"m": {"value": 5000}}
    assert max(len(event.node) for event in bench.events if getattr(event, "node", None)) < 200


@pytest.mark.parametrize(
    "type, part",
    [("wrong_type", "expected int, got Thing"), ("wrong_name", "did you mean 'value'?")],
)
def test_an_expansion_that_does_not_fit_together_is_told(home: Home, type: str, part: str) -> None:
    result = Workbench(home, *NODES).run({"w": (type, {})})
    assert result.state == "failed"
    assert result.error.node == "w"
    assert part in str(result.error)


def test_one_that_grows_for_ever_is_stopped(home: Home) -> None:
    bench = Workbench(home, *NODES, most_nodes=2000)
    result = bench.run({"f": ("for_ever", {})})
    assert result.error.kind == "too_many_nodes"
    assert "at most 2,000 nodes" in str(result.error)
    assert "grow for ever" in str(result.error)
    assert bench.run({"a": ("add", {"a": 1})}).values == {"a": {"value": 2}}
