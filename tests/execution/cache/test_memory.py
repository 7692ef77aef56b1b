from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from graphengine.artifacts import Artifact
from graphengine.authoring import Conditioning, ConditioningPart, Latent
from graphengine.execution import MemoryCache
from graphengine.execution.cache import Entry
from graphengine.execution.cache.sizes import size_of
from graphengine.home import Home
from tests.execution.execution_nodes import CALLS, Bench

MEGABYTE = 2**20


def entry(megabytes: int) -> Entry:
    return Entry.of((np.zeros(megabytes * MEGABYTE, dtype=np.uint8),))


def test_the_least_recently_used_goes_first() -> None:
    cache = MemoryCache(3 * MEGABYTE + 10_000)
    for key in (b"a", b"b", b"c"):
        cache.put(key, entry(1))
    assert cache.get(b"a") is not None
    cache.put(b"d", entry(1))
    assert [key for key in (b"a", b"b", b"c", b"d") if cache.get(key)] == [b"a", b"c", b"d"]


def test_the_budget_is_kept_to_the_byte() -> None:
    one = entry(1)
    cache = MemoryCache(2 * one.size)
    cache.put(b"a", one)
    cache.put(b"b", one)
    assert (len(cache), cache.used_bytes) == (2, cache.budget_bytes)
    cache.put(b"c", Entry.of((1,)))
    assert len(cache) == 2
    assert cache.used_bytes <= cache.budget_bytes


def test_what_is_larger_than_the_budget_is_not_kept_and_drops_nothing() -> None:
    cache = MemoryCache(2 * MEGABYTE)
    cache.put(b"a", entry(1))
    cache.put(b"b", entry(3))
    assert cache.get(b"b") is None
    assert cache.get(b"a") is not None


def test_putting_again_counts_once() -> None:
    cache = MemoryCache(10 * MEGABYTE)
    cache.put(b"a", entry(1))
    used = cache.used_bytes
    cache.put(b"a", entry(1))
    assert (len(cache), cache.used_bytes) == (1, used)


def test_dropping_and_clearing() -> None:
    cache = MemoryCache()
    cache.put(b"a", entry(1))
    cache.put(b"b", entry(1))
    cache.drop(b"a")
    cache.drop(b"a")
    assert (len(cache), cache.get(b"a")) == (1, None)
    cache.clear()
    assert (len(cache), cache.used_bytes) == (0, 0)


def test_a_budget_is_not_negative() -> None:
    with pytest.raises(ValueError, match="expected a budget >= 0 bytes, got -1"):
        MemoryCache(-1)


def test_what_was_evicted_runs_again_only_if_needed(home: Home) -> None:
    bench = Bench(home, budget=3 * MEGABYTE)
    nodes: dict[str, Any] = {
        "big": ("array", {"megabytes": 2}),
        "other": ("array", {"megabytes": 2, "seed": 1}),
        "t": ("total", {"array": "<big.ndarray"}),
        "u": ("total", {"array": "<other.ndarray"}),
    }
    bench.run(**nodes)
    assert CALLS["array"] == 2
    again = bench.run(**nodes)  # the sums are known, so the arrays aren't needed
    assert (again.executed, again.cached, CALLS["array"]) == (0, 4, 2)
    bench.run(**nodes, more=("total", {"array": "<big.ndarray"}))
    assert CALLS["array"] == 2  # an equal sum is known by its key
    assert bench.engine.cache.used_bytes <= 3 * MEGABYTE


@dataclass(frozen=True)
class Box:
    content: Any


@pytest.mark.parametrize(
    "value",
    [
        torch.zeros(MEGABYTE, dtype=torch.uint8),
        torch.zeros(MEGABYTE // 4, dtype=torch.float32),
        np.zeros(MEGABYTE, dtype=np.uint8),
        b"x" * MEGABYTE,
        "x" * MEGABYTE,
        Box(Box(np.zeros(MEGABYTE, dtype=np.uint8))),
        {"a": [np.zeros(MEGABYTE // 2, dtype=np.uint8), (np.zeros(MEGABYTE // 2, dtype=np.uint8),)]},
        Latent(torch.zeros(1, 4, 256, 256)),
        Conditioning([ConditioningPart(torch.zeros(1, 256, 1024))]),
    ],
)
def test_sizes_are_those_of_what_is_inside(value: Any) -> None:
    assert MEGABYTE <= size_of(value) < MEGABYTE + 2000


def test_what_is_shared_counts_once() -> None:
    shared = np.zeros(MEGABYTE, dtype=np.uint8)
    assert size_of([shared, Box(shared), {"x": shared}]) < MEGABYTE + 2000


def test_a_value_that_holds_itself_has_a_size() -> None:
    ring: list[Any] = []
    ring.append(ring)
    assert 0 < size_of(ring) < 1000


def test_deep_values_need_no_recursion() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    assert size_of(deep) > 100_000


def test_artifacts_count(tmp_path: Path) -> None:
    picture = np.zeros((100, 100, 3), dtype=np.uint8)
    assert Entry.of((), (Artifact("n", None, 100, 100, image=picture),)).size >= 30_000


def test_replayable_while_all_files_exist(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.touch()
    kept = Entry.of((), (Artifact("n", path, 1, 1), Artifact("n", None, 1, 1)))
    assert kept.replayable()
    path.unlink()
    assert not kept.replayable()
    assert not Entry.of(()).replayable()
