"""Runs of a part: some outputs, again from a node, again from where it failed."""

from collections import Counter
from typing import Any

import pytest

from graphengine.authoring import node
from graphengine.home import Home
from tests.execution.workbench import Workbench

CALLS: Counter[str] = Counter()
BROKEN: set[int] = set()


@pytest.fixture(autouse=True)
def _fresh() -> None:
    CALLS.clear()
    BROKEN.clear()


@node(category="t")
def add(a: int, b: int = 1) -> int:
    CALLS["add"] += 1
    return a + b


def always_new() -> str:
    CALLS["fingerprint"] += 1
    return str(CALLS["fingerprint"])


@node(category="t", fingerprint=always_new)
def draw() -> int:
    CALLS["draw"] += 1
    return CALLS["draw"]


@node(category="t")
def fragile(a: int) -> int:
    if a in BROKEN:
        raise ValueError(f"{a} is broken")
    return a


NODES = (add, draw, fragile)
CHAIN: dict[str, Any] = {
    "a": ("add", {"a": 0}),
    "b": ("add", {"a": "<a.value"}),
    "c": ("add", {"a": "<b.value"}),
    "d": ("add", {"a": "<b.value", "b": 5}),
}


def test_only_what_is_asked_for_runs(home: Home) -> None:
    result = Workbench(home, *NODES).run(CHAIN, wanted=("b",))
    assert (result.values, result.executed) == ({"b": {"value": 2}}, 2)


def test_again_from_a_node(home: Home) -> None:
    bench = Workbench(home, *NODES)
    bench.run(CHAIN)
    result = bench.run(CHAIN, rerun=["b"])
    assert (result.executed, result.cached) == (3, 1)
    assert bench.told("cached", "started")[0] == "cached a"
    assert bench.run(CHAIN).executed == 0


def test_again_from_a_node_that_is_not_there(home: Home) -> None:
    result = Workbench(home, *NODES).run(CHAIN, rerun=["bb"])
    assert result.state == "failed"
    assert "got 'bb'; did you mean 'b'?" in str(result.error)


def test_a_failed_run_goes_on_from_where_it_failed(home: Home) -> None:
    bench = Workbench(home, *NODES)
    BROKEN.add(2)
    nodes = {
        "r": ("draw", {}),
        "a": ("add", {"a": "<r.value"}),
        "f": ("fragile", {"a": "<a.value"}),
        "z": ("add", {"a": "<f.value"}),
    }
    failed = bench.run(nodes)
    assert (failed.state, failed.failed_at) == ("failed", "f")
    BROKEN.clear()
    retried = bench.engine.run(failed.plan, retry=failed)
    assert (retried.values, retried.executed, retried.cached) == ({"z": {"value": 3}}, 2, 2)
    assert CALLS["draw"] == 1
