"""Loops and branches with subgraph bodies, as documents have them."""

import sys
from typing import Any

import pytest

from graphengine.authoring.catalogue import Catalogue
from graphengine.errors import InvalidWorkflow
from graphengine.events import Event
from graphengine.execution import Engine
from graphengine.graph import build, load
from graphengine.home import Home

ADD_ONE = {
    "inputs": {"value": "int"},
    "outputs": {"value": "add.integer"},
    "nodes": {"add": {"type": "calculate", "inputs": {"expression": "v + 1", "v": {"from": "inputs.value"}}}},
}
UNTIL = {
    "inputs": {"value": "int", "turn": {"type": "int", "default": 0}, "most": {"type": "int", "default": 5}},
    "outputs": {"value": "add.integer", "again": "test.boolean", "seen": "inputs.turn"},
    "nodes": {
        "add": {"type": "calculate", "inputs": {"expression": "v + 1", "v": {"from": "inputs.value"}}},
        "test": {
            "type": "calculate",
            "inputs": {
                "expression": "v < most",
                "v": {"from": "add.integer"},
                "most": {"from": "inputs.most"},
            },
        },
    },
}
SQUARE = {
    "inputs": {"item": "int", "plus": {"type": "int", "default": 0}},
    "outputs": {"square": "s.integer"},
    "nodes": {
        "s": {
            "type": "calculate",
            "inputs": {
                "expression": "i * i + p",
                "i": {"from": "inputs.item"},
                "p": {"from": "inputs.plus"},
            },
        }
    },
}
SUM = {
    "inputs": {"item": "int", "accumulated": "int"},
    "outputs": {"accumulated": "s.integer"},
    "nodes": {
        "s": {
            "type": "calculate",
            "inputs": {
                "expression": "a + i",
                "i": {"from": "inputs.item"},
                "a": {"from": "inputs.accumulated"},
            },
        }
    },
}
RUNNING = {
    "inputs": {"item": "int", "total": "int"},
    "outputs": {"total": "s.integer", "shown": "t.value"},
    "nodes": {
        "s": {
            "type": "calculate",
            "inputs": {"expression": "a + i", "i": {"from": "inputs.item"}, "a": {"from": "inputs.total"}},
        },
        "t": {"type": "format_text", "inputs": {"template": "<{n}>", "n": {"from": "s.integer"}}},
    },
}
BODIES = {"add_one": ADD_ONE, "until": UNTIL, "square": SQUARE, "sum": SUM, "running": RUNNING}


class Bench:
    """Runs documents of the built-in nodes."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.catalogue = Catalogue.discover(home)
        self.engine = Engine(self.catalogue, home)
        self.events: list[Event] = []

    def run(self, nodes: dict[str, Any], **document: Any) -> Any:
        self.events = []
        data = {"format": "graphengine/1", "nodes": nodes, "subgraphs": BODIES, **document}
        return self.engine.run(build(load(data), self.catalogue, self.home), self.events.append)

    def problem(self, nodes: dict[str, Any], **document: Any) -> str:
        with pytest.raises(InvalidWorkflow) as caught:
            self.run(nodes, **document)
        assert len(caught.value.problems) == 1
        return str(caught.value)


@pytest.fixture
def bench(home: Home) -> Bench:
    return Bench(home)


def node(type: str, **inputs: Any) -> dict[str, Any]:
    return {"type": type, "inputs": inputs}


def number(value: str) -> dict[str, Any]:
    return node("calculate", expression=value)


def test_repeat(bench: Bench) -> None:
    result = bench.run({"r": node("repeat", count=5, body="add_one", value=10)})
    assert result.values == {"r": {"value": 15}}
    names = [event.node for event in bench.events if event.event == "started"]
    assert names == ["r", *(f"r/turn_{turn}/add" for turn in range(5))]
    ended = [event.node for event in bench.events if event.event == "done"]
    assert ended == [*names[1:], "r"]  # the loop once all its turns are
    more = bench.run({"r": node("repeat", count=7, body="add_one", value=10)})
    assert (more.values, more.executed) == ({"r": {"value": 17}}, 3)


def test_no_turn_gives_what_came_in(bench: Bench) -> None:
    assert bench.run({"r": node("repeat", count=0, body="add_one", value=10)}).values == {"r": {"value": 10}}


def test_while_goes_on_until_the_body_says_so(bench: Bench) -> None:
    result = bench.run({"w": node("while", body="until", limit=100, value=0)})
    assert result.error is None
    assert result.values == {"w": {"value": 5, "again": False, "seen": 4}}
    assert bench.run({"w": node("while", body="until", limit=3, value=0)}).values == {
        "w": {"value": 3, "again": True, "seen": 2}
    }


def test_map_and_reduce(bench: Bench) -> None:
    result = bench.run(
        {
            "n": node("number_range", start=1, stop=5),
            "m": node("map", items={"from": "n.value"}, body="square", plus=100),
            "r": node("reduce", items={"from": "m.square"}, initial=0, body="sum"),
        }
    )
    assert result.error is None
    assert result.values == {"r": {"accumulated": 1 + 4 + 9 + 16 + 400}}


def test_for_each_carries_and_collects(bench: Bench) -> None:
    result = bench.run({"f": node("for_each", items=[1, 2, 3], body="running", total=0)})
    assert result.values == {"f": {"total": 6, "shown": ["<1>", "<3>", "<6>"]}}


def test_if_and_switch(bench: Bench) -> None:
    nodes = {"c": number("1 < 2"), "i": node("if", condition={"from": "c.boolean"}, then="add_one", value=1)}
    assert bench.run(nodes).values == {"i": {"value": 2}}
    nodes["c"] = number("2 < 1")
    result = bench.run(nodes | {"after": node("calculate", expression="v", v={"from": "i.value"})})
    assert (result.state, result.skipped) == ("succeeded", 1)
    switch = node("switch", case="b", bodies={"a": "add_one", "b": "square"}, value=3, item=3)
    assert bench.run({"s": switch}).values["s"]["square"] == 9


def test_only_what_the_chosen_branch_needs_runs(bench: Bench) -> None:
    nodes = {
        "dear": number("1 + 1"),
        "i": node("if", condition=False, then="add_one", value={"from": "dear.integer"}),
    }
    assert bench.run(nodes).state == "succeeded"
    assert [event.node for event in bench.events if event.event == "started"] == ["i"]


def test_a_chosen_input(bench: Bench) -> None:
    nodes = {
        "a": number("1"),
        "b": number("2"),
        "c": node("choose", option="b", a={"from": "a.integer"}, b={"from": "b.integer"}),
    }
    assert bench.run(nodes).values == {"c": {"value": 2}}
    nodes["c"]["inputs"]["option"] = "d"
    assert "'d'" in str(bench.run(nodes).error)


@pytest.mark.parametrize("type", ["repeat", "while"])
def test_many_turns_take_constant_stack(bench: Bench, type: str) -> None:
    body = {"repeat": "add_one", "while": "until"}[type]
    inputs = {"repeat": {"count": 3000}, "while": {"limit": 3000, "most": 10**6}}[type]
    limit = sys.getrecursionlimit()
    bench.run({"l": node(type, body=body, value=0, **{**inputs, next(iter(inputs)): 3})})
    sys.setrecursionlimit(400)
    try:
        result = bench.run({"l": node(type, body=body, value=0, **inputs)})
    finally:
        sys.setrecursionlimit(limit)
    assert result.error is None
    assert result.values["l"]["value"] == 3000


def test_bodies_within_bodies(bench: Bench) -> None:
    rows = {
        "inputs": {"item": "int"},
        "outputs": {"squares": "m.square"},
        "nodes": {
            "n": {"type": "number_range", "inputs": {"start": 0, "stop": {"from": "inputs.item"}}},
            "m": {"type": "map", "inputs": {"items": {"from": "n.value"}, "body": "square"}},
        },
    }
    result = bench.run({"r": node("map", items=[1, 2, 3], body="rows")}, subgraphs={**BODIES, "rows": rows})
    assert result.error is None
    assert result.values == {"r": {"squares": [[0], [0, 1], [0, 1, 4]]}}


def test_a_loop_without_bound_is_refused(bench: Bench) -> None:
    assert bench.problem({"w": node("while", body="until", value=0)}).startswith(
        "node 'w' (while), input 'limit': expected an integer"
    )


@pytest.mark.parametrize(
    "nodes, message",
    [
        ({"r": node("repeat", count=2, body="add_on", value=1)}, "did you mean 'add_one'?"),
        ({"r": node("repeat", count=2, body="add_one")}, "input 'value': expected int, got nothing"),
        (
            {"r": node("repeat", count=2, body="add_one", value="text")},
            "input 'value': expected int, got str",
        ),
        ({"r": node("repeat", count=2, body="add_one", value=1, valeu=2)}, "did you mean 'value'?"),
        ({"w": node("while", body="add_one", limit=2, value=1)}, "to give 'again' (bool)"),
        ({"m": node("map", items=["a"], body="square")}, "input 'item': expected int, got str"),
    ],
)
def test_a_body_that_does_not_fit_is_told_before_the_run(bench: Bench, nodes: Any, message: str) -> None:
    assert message in bench.problem(nodes)


def test_what_is_carried_must_fit_the_next_turn(bench: Bench) -> None:
    body = {
        "inputs": {"value": "int"},
        "outputs": {"value": "t.value"},
        "nodes": {"t": {"type": "format_text", "inputs": {"template": "{v}", "v": {"from": "inputs.value"}}}},
    }
    message = bench.problem(
        {"r": node("repeat", count=2, body="worded", value=1)}, subgraphs={"worded": body}
    )
    assert "expected int, got str" in message


def test_a_body_that_contains_itself_is_refused(bench: Bench) -> None:
    body = {
        "inputs": {"value": "int"},
        "outputs": {"value": "again.value"},
        "nodes": {
            "again": {
                "type": "repeat",
                "inputs": {"count": 2, "body": "loop", "value": {"from": "inputs.value"}},
            }
        },
    }
    message = bench.problem({"r": node("repeat", count=2, body="loop", value=1)}, subgraphs={"loop": body})
    assert "contains itself: loop -> loop" in message
