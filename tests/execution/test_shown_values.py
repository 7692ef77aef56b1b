"""Values that are told with the end of their node."""

import json
import math
from typing import Any, NamedTuple

import pytest

from graphengine.authoring import Expansion, node
from graphengine.authoring.schema import OutputSchema
from graphengine.events import Cached, Done
from graphengine.execution.shown_values import MOST_CHARACTERS, NO_VALUES, shown_values
from graphengine.home import Home
from tests.execution.workbench import Workbench

OUT = (OutputSchema("value", ("Any",)),)


class Tells:
    """Tells of itself."""

    def shown(self) -> dict[str, object]:
        return {"curve": [3.0, 1.0, 0.0], "steps": 2}


class Fails:
    """Can't."""

    def shown(self) -> str:
        raise RuntimeError("as was asked")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (7, 7),
        (2**64, 2**64),
        (1.5, 1.5),
        (math.inf, "inf"),
        (math.nan, "nan"),
        (True, True),
        ("", ""),
        ("a \ud800", "a ?"),
        ([1, [2.0, "x"]], [1, [2.0, "x"]]),
        ([], []),
        ({"a": None, "b": object(), 3: 1}, {"a": None, "b": None, "3": 1}),
        (Tells(), {"curve": [3.0, 1.0, 0.0], "steps": 2}),
        ([Tells()], [{"curve": [3.0, 1.0, 0.0], "steps": 2}]),
    ],
)
def test_what_people_can_read_is_told(value: Any, told: Any) -> None:
    found = shown_values(OUT, (value,))
    assert found == ({"value": told}, None)
    json.loads(json.dumps(found.values), parse_constant=lambda constant: pytest.fail(constant))


@pytest.mark.parametrize("value", [None, object(), [object()], Fails(), 1 << 5000, [[[[[[[[[1]]]]]]]]]])
def test_what_nobody_could_read_is_not(value: Any) -> None:
    assert shown_values(OUT, (value,)) is NO_VALUES


def test_of_what_is_large_the_beginning_is_told_and_how_much_there_is() -> None:
    outputs = tuple(OutputSchema(name, ("Any",)) for name in ("text", "list", "after"))
    text = "é" * 3 * MOST_CHARACTERS
    values, cut = shown_values(outputs, (text, list(range(10**6)), "x"))
    assert values == {"text": text[:MOST_CHARACTERS], "list": [], "after": ""}
    assert cut == {"text": len(text), "list": 10**6, "after": 1}
    for value in (list(range(10**6)), [["deep"] * 10**5] * 10**5, {str(n): n for n in range(10**5)}):
        found = shown_values(OUT, (value,))
        assert found.cut == {"value": len(value)}
        assert len(json.dumps(found.values)) < 2 * MOST_CHARACTERS


class Both(NamedTuple):
    """A number and a text."""

    number: int
    text: str


@node(category="t")
def count(start: int = 1) -> Both:
    return Both(start + 1, "counted")


@node(category="t")
def double(number: int) -> int:
    return 2 * number


@node(category="t")
def thing(number: int) -> object:
    return object()


@node(category="t")
def twice(number: int) -> int | Expansion:
    graph = Expansion()
    return graph.give(graph.add("double", number=graph.add("double", number=number).value).value)


def told(bench: Workbench) -> dict[str, Any]:
    return {event.node: event.values for event in bench.events if isinstance(event, Done | Cached)}


def test_values_are_told_when_made_and_when_known_from_before(home: Home) -> None:
    bench = Workbench(home, count, double, thing, twice)
    nodes = {
        "a": ("count", {}),
        "b": ("double", {"number": "<a.number"}),
        "c": ("thing", {"number": "<b.value"}),
        "d": ("twice", {"number": "<b.value"}),
    }
    expected = {"a": {"number": 2, "text": "counted"}, "b": {"value": 4}, "c": None, "d": {"value": 16}}
    bench.run(nodes)
    found = told(bench)
    assert {name: found[name] for name in nodes} == expected
    inside = [values for name, values in found.items() if name not in nodes]
    assert inside == [{"value": 8}, {"value": 16}]  # what d expanded to
    bench.run(nodes)
    assert told(bench) == expected
    assert {event.event for event in bench.events} == {"queued", "cached", "finished"}
