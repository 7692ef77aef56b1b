import dataclasses
from collections.abc import Mapping
from typing import Any

import pytest

from graphengine.authoring import Lazy, node
from graphengine.execution import Plan, plan
from graphengine.execution.cache.disk import LEAST_SECONDS
from graphengine.execution.changes import GONE, NOT_KEPT, ago
from graphengine.execution.explain import Explanation, explain
from graphengine.execution.keys import keys
from graphengine.execution.records import NodeRecord, updated
from graphengine.graph import GraphNode
from graphengine.home import Home
from tests.execution.workbench import Workbench

CHANGED: dict[str, str] = {}


@node(category="t")
def add(a: int, b: int = 1) -> int:
    return a + b


@node(category="t", fingerprint=lambda: CHANGED.get("file", ""))
def read() -> int:
    return 1


@node(category="t")
def pick(first: bool, one: Lazy[int], other: Lazy[int]) -> Lazy[int]:
    return one if first else other


@node(category="t", output=True)
def show(a: int) -> None:
    """Show."""


CHAIN: dict[str, Any] = {
    "a": ("add", {"a": 0}),
    "b": ("add", {"a": "<a.value", "b": 5}),
    "c": ("add", {"a": "<b.value"}),
}


class Explaining:
    """Runs, records, and explains the next run of something else."""

    def __init__(self, home: Home) -> None:
        CHANGED.clear()
        self.bench = Workbench(home, add, read, pick, show)
        self.records: dict[str, NodeRecord] = {}
        self.cached: set[str] | None = None
        self.gone: set[str] = set()

    def run(self, nodes: dict[str, Any]) -> None:
        cache = self.bench.engine.cache
        self.records = updated(self.records, self.bench.run(nodes), cache.where, 1000.0)

    def __call__(
        self, nodes: dict[str, Any], wanted: tuple[str, ...] | None = None
    ) -> dict[str, Explanation]:
        chosen = plan(self.bench.graph(nodes), wanted)
        found = explain(chosen, self.keys(chosen), self.where, self.records, 1180.0)
        assert tuple(each.node for each in found) == chosen.order
        return {each.node: each for each in found}

    def keys(self, chosen: Plan) -> Mapping[str, bytes]:
        def fingerprint(node: GraphNode) -> str:
            return CHANGED.get("file", "")

        return keys(chosen, fingerprint)

    def where(self, name: str, key: bytes) -> str | None:
        if name in self.gone:
            return GONE
        if self.cached is not None:
            return "disk" if name in self.cached else None
        return self.bench.engine.cache.where(key)


@pytest.fixture
def explaining(home: Home) -> Explaining:
    """With nothing run yet."""
    return Explaining(home)


def status(found: dict[str, Explanation]) -> dict[str, str]:
    return {name: each.status for name, each in found.items()}


def test_what_never_ran(explaining: Explaining) -> None:
    found = explaining(CHAIN)
    assert set(status(found).values()) == {"will run"}
    assert {each.reason for each in found.values()} == {"never ran"}
    assert found["a"].seconds is None


def test_what_is_cached_and_what_so_is_not_needed(explaining: Explaining) -> None:
    explaining.run(CHAIN)
    found = explaining(CHAIN)
    assert status(found) == {"a": "not needed", "b": "not needed", "c": "cached"}
    assert (found["c"].where, found["c"].reason) == ("memory", None)
    assert found["c"].seconds is not None


def test_an_input_that_changed_and_what_follows(explaining: Explaining) -> None:
    explaining.run(CHAIN)
    found = explaining({**CHAIN, "b": ("add", {"a": "<a.value", "b": 6})})
    assert status(found) == {"a": "cached", "b": "will run", "c": "will run"}
    assert found["b"].reason == "input 'b' changed from 5 to 6 since the last run 3 minutes ago"
    assert found["c"].reason == "input 'a' comes from 'b', which changed since the last run 3 minutes ago"


def test_several_changes_are_told_at_once(explaining: Explaining) -> None:
    explaining.run(CHAIN)
    found = explaining({**CHAIN, "b": ("add", {"a": 7, "b": 6})})
    assert found["b"].reason == (
        "input 'b' changed from 5 to 6, input 'a' is 7 now, instead of what 'a.value' gives"
        " since the last run 3 minutes ago"
    )


def test_other_links(explaining: Explaining) -> None:
    explaining.run(CHAIN)
    nodes = {
        **CHAIN,
        "a": ("add", {"a": "<c.value"}),
        "b": ("add", {"a": 0}),
        "c": ("add", {"a": "<b.value"}),
    }
    found = explaining(nodes)
    assert str(found["a"].reason).startswith("input 'a' comes from 'c.value' now, and was not linked")
    explaining.run(CHAIN)
    found = explaining({**CHAIN, "c": ("add", {"a": "<a.value"})})
    assert str(found["c"].reason).startswith("input 'a' comes from 'a.value' now, instead of 'b.value'")


def test_one_is_not_true(explaining: Explaining) -> None:
    explaining.run({"a": ("add", {"a": 1})})
    record = explaining.records["a"]
    explaining.records["a"] = dataclasses.replace(record, literals={"a": True, "b": 1}, key="00")
    explaining.cached = set()
    assert "input 'a' changed from true to 1" in str(explaining({"a": ("add", {"a": 1})})["a"].reason)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"version": "0"}, "its version changed from 0 to 1 since the last run 3 minutes ago"),
        ({"code": "other"}, "its code changed since the last run 3 minutes ago"),
        ({"type": "subtract"}, "its type changed from 'subtract' to 'add' since the last run 3 minutes ago"),
        (
            {"literals": {"a": 0, "b": 1, "c": 2}},
            "input 'c' is not given any more since the last run 3 minutes ago",
        ),
        ({"key": "00"}, "something it depends on changed since the last run 3 minutes ago"),
        ({"seconds": 3.5}, f"{NOT_KEPT}; it last ran 3 minutes ago"),
        (
            {"seconds": LEAST_SECONDS / 2},
            f"made in less than {LEAST_SECONDS:g} s, too little to keep the result on disk",
        ),
        ({"seconds": None}, "never ran"),
    ],
)
def test_reasons(explaining: Explaining, change: dict[str, Any], reason: str) -> None:
    explaining.run(CHAIN)
    explaining.records["a"] = dataclasses.replace(explaining.records["a"], **change)
    explaining.cached = set()
    assert explaining(CHAIN)["a"].reason == reason


def test_a_file_that_changed(explaining: Explaining) -> None:
    nodes = {"r": ("read", {}), "a": ("add", {"a": "<r.value"})}
    explaining.run(nodes)
    assert status(explaining(nodes))["a"] == "cached"
    CHANGED["file"] = "new"
    found = explaining(nodes)
    assert status(found) == {"r": "will run", "a": "will run"}
    assert str(found["r"].reason).startswith("what it reads from outside, such as a file, changed")


def test_outputs(explaining: Explaining) -> None:
    nodes = {"a": ("add", {"a": 0}), "s": ("show", {"a": "<a.value"})}
    explaining.run(nodes)
    explaining.cached = {"a"}
    assert explaining(nodes)["s"].reason == (
        "an output node: what it saved is known only to the process that ran it"
    )
    explaining.gone = {"s"}
    assert explaining(nodes)["s"].reason == "an output node: its files are gone"
    assert status(explaining(nodes)) == {"a": "cached", "s": "will run"}


BRANCHES: dict[str, Any] = {
    "one": ("add", {"a": 1}),
    "other": ("add", {"a": 2}),
    "pick": ("pick", {"first": True, "one": "<one.value", "other": "<other.value"}),
    "beside": ("add", {"a": 3}),
    "end": ("add", {"a": "<pick.value", "b": "<beside.value"}),
}


def test_what_depends_on_a_choice(explaining: Explaining) -> None:
    found = explaining(BRANCHES)
    assert status(found) == {
        "one": "depends",
        "other": "depends",
        "pick": "will run",
        "beside": "depends",
        "end": "depends",
    }
    assert found["one"].reason == "runs only if a later node asks for it"
    assert found["end"].reason == "known once 'pick' has run, which it reads"


def test_a_choice_that_is_cached(explaining: Explaining) -> None:
    explaining.run(BRANCHES)
    found = explaining(BRANCHES)
    assert status(found)["pick"] == "cached"
    assert status(found)["one"] == "not needed"


def test_a_part_of_a_plan(explaining: Explaining) -> None:
    assert list(explaining(CHAIN, wanted=("b",))) == ["a", "b"]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "a moment ago"),
        (0.5, "a moment ago"),
        (1, "1 second ago"),
        (119, "1 minute ago"),
        (7200, "2 hours ago"),
        (86_400 * 3, "3 days ago"),
    ],
)
def test_how_long_ago(seconds: float, words: str) -> None:
    assert ago(seconds) == words


def test_a_long_chain_is_explained_in_good_time(explaining: Explaining) -> None:
    nodes: dict[str, Any] = {"n0": ("add", {"a": 0})}
    nodes |= {f"n{number}": ("add", {"a": f"<n{number - 1}.value"}) for number in range(1, 20_000)}
    assert len(explaining(nodes)) == 20_000
