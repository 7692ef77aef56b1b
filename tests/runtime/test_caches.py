import time
from pathlib import Path
from typing import Any

import pytest

from graphengine.authoring import node
from graphengine.authoring.catalogue import Catalogue
from graphengine.errors import GraphEngineError
from graphengine.home import Home
from graphengine.runtime import Runtime

CALLS: list[int] = []


@node(category="test")
def slow(number: int = 1) -> int:
    """Worth a file."""
    time.sleep(0.03)
    CALLS.append(number)
    return number


@node(category="test")
def twice(number: int) -> int:
    """Double."""
    return 2 * number


FLOW: dict[str, Any] = {
    "format": "graphengine/1",
    "name": "a flow",
    "nodes": {
        "slow": {"type": "slow"},
        "twice": {"type": "twice", "inputs": {"number": {"from": "slow.value"}}},
    },
}


@pytest.fixture(autouse=True)
def _fresh() -> None:
    CALLS.clear()


def runtime(home: Home, **options: Any) -> Runtime:
    return Runtime(home, catalogue=Catalogue.of(slow, twice), **options)


def test_results_on_disk_are_there_for_the_next_runtime(home: Home) -> None:
    runtime(home, disk_cache=10**8).run(FLOW)
    result = runtime(home, disk_cache=10**8).run(FLOW)
    assert (result.cached, CALLS) == (1, [1])
    assert runtime(home).run(FLOW).cached == 0


def test_without_a_disk_tier_nothing_is_written(home: Home) -> None:
    runtime(home).run(FLOW)
    assert not home.root.exists()


@pytest.mark.parametrize(("policy", "cached"), [("cost", 2), ("lru", 2), ("last", 2), ("none", 0)])
def test_policies(home: Home, policy: str, cached: int) -> None:
    bench = runtime(home, cache=policy)
    bench.run(FLOW)
    assert bench.run(FLOW).cached == cached


def test_the_last_run_only(home: Home) -> None:
    bench = runtime(home, cache="last")
    bench.run(FLOW)
    bench.run(FLOW, settings={"slow.number": 2})
    assert bench.run(FLOW).cached == 0


def test_a_budget_of_nothing_keeps_nothing(home: Home) -> None:
    bench = runtime(home, cache_budget=0)
    bench.run(FLOW)
    assert bench.run(FLOW).executed == 2


def test_an_unknown_policy(home: Home) -> None:
    with pytest.raises(GraphEngineError, match=r"cache: expected one of .*, got 'lro'; did you mean 'lru'"):
        runtime(home, cache="lro")


def test_a_saved_workflow_is_a_node(home: Home, tmp_path: Path) -> None:
    home.workflows.mkdir(parents=True)
    inner = (
        '{"format": "graphengine/1", "inputs": {"number": "int"}, "outputs": {"number": "two.value"},'
        ' "nodes": {"two": {"type": "twice", "inputs": {"number": {"from": "inputs.number"}}}}}'
    )
    (home.workflows / "double.json").write_text(inner)
    flow = {
        "format": "graphengine/1",
        "nodes": {"d": {"type": "double.json", "inputs": {"number": 4}}},
    }
    bench = runtime(home)
    opened = bench.open(flow)
    assert "double.json" in opened.document.subgraphs
    (home.workflows / "double.json").unlink()
    assert bench.run(opened).values == {"d/two": {"value": 8}}


def test_it_tells_what_results_take_and_may_take(home: Home) -> None:
    here = runtime(home, cache_budget=10**6, disk_cache=10**7)
    assert here.results() == {
        "results": 0,
        "results_budget": 10**6,
        "disk_results": 0,
        "disk_results_budget": 10**7,
    }
    here.run(FLOW)
    told = here.results()
    files = sum(path.stat().st_size for path in home.cache.glob("results/*/??/*"))
    assert told["disk_results"] == files > 0
    assert told["results"] and told["results"] <= 10**6
    here.free()
    assert (here.results()["results"], here.results()["disk_results"]) == (0, files)
    kept_nowhere = runtime(home, cache="none").results()
    assert (kept_nowhere["results_budget"], kept_nowhere["disk_results_budget"]) == (0, None)
