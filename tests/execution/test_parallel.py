"""Lanes: what runs side by side, and what never does."""

import asyncio
import threading
import time
from typing import Any

import pytest

from graphengine.authoring import Context, node
from graphengine.execution import CancelToken, MemoryCache
from graphengine.execution.lanes import Lanes
from graphengine.home import Home
from tests.execution.workbench import Workbench

PATIENCE = 60
"""Seconds after which what should run side by side is said not to."""


@node(category="t", lane="io")
def fetch(name: str, *, context: Context) -> str:
    context.service(threading.Barrier).wait(PATIENCE)
    return name


@node(category="t")
def think(name: str, *, context: Context) -> str:
    context.service(threading.Barrier).wait(PATIENCE)
    return name


@node(category="t")
async def ask(name: str, *, context: Context) -> str:
    async with asyncio.timeout(PATIENCE):
        await context.service(asyncio.Barrier).wait()
    return name


@node(category="t")
async def ask_for_ever(*, context: Context) -> str:
    context.service(threading.Event).set()
    await asyncio.sleep(3600)
    return "never"


@node(category="t")
async def fails_soon() -> str:
    raise ValueError("no answer")


@node(category="t")
def join(*parts: str) -> str:
    return " ".join(parts)


def meeting_of(number: int) -> dict[type, Any]:
    """What lets go of nodes only once as many are at work."""
    return {threading.Barrier: threading.Barrier(number), asyncio.Barrier: asyncio.Barrier(number)}


class Meter:
    """Sees how many are inside at once."""

    def __init__(self) -> None:
        self.inside = 0
        self.most = 0
        self.total = 0
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        with self._lock:
            self.inside += 1
            self.total += 1
            self.most = max(self.most, self.inside)

    def __exit__(self, *error: object) -> None:
        with self._lock:
            self.inside -= 1


@node(category="t", lane="device")
def compute(number: int, *, context: Context) -> int:
    with context.service(Meter):
        time.sleep(0.01)
    return number


NODES = (fetch, think, ask, ask_for_ever, fails_soon, join, compute)


@pytest.mark.parametrize("type", ["fetch", "think", "ask"])
def test_two_branches_that_wait_do_so_side_by_side(home: Home, type: str) -> None:
    bench = Workbench(home, *NODES, services=meeting_of(2))
    result = bench.run(
        {
            "a": (type, {"name": "a"}),
            "b": (type, {"name": "b"}),
            "j": ("join", {"parts.0": "<a.value", "parts.1": "<b.value"}),
        }
    )
    assert result.values == {"j": {"value": "a b"}}


def test_a_device_takes_one_node_at_a_time_from_all_runs_together(home: Home) -> None:
    meter = Meter()
    bench = Workbench(home, *NODES, services={Meter: meter})
    graphs = [
        bench.graph({f"c{i}": ("compute", {"number": 100 * run + i}) for i in range(8)}) for run in range(3)
    ]
    threads = [threading.Thread(target=bench.engine.run, args=(graph,)) for graph in graphs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (meter.total, meter.most) == (24, 1)


def test_a_device_at_work_holds_up_no_other_lane(home: Home) -> None:
    order: list[str] = []
    all_others = threading.Event()

    @node(category="t", lane="device")
    def long() -> int:
        all_others.wait(PATIENCE)
        order.append("long")
        return 1

    @node(category="t")
    def short(number: int) -> int:
        order.append("short")
        if len(order) == 5:
            all_others.set()
        return number

    bench = Workbench(home, long, short)
    nodes: dict[str, Any] = {"l": ("long", {}), "s0": ("short", {"number": 0})}
    nodes |= {f"s{i}": ("short", {"number": f"<s{i - 1}.value"}) for i in range(1, 5)}
    assert bench.run(nodes).state == "succeeded"
    assert order == ["short"] * 5 + ["long"]


def test_an_async_node_is_cancelled_at_once(home: Home) -> None:
    begun, token = threading.Event(), CancelToken()
    bench = Workbench(home, *NODES, services={threading.Event: begun})
    canceller = threading.Thread(target=lambda: begun.wait(PATIENCE) and token.cancel())
    canceller.start()
    result = bench.run({"a": ("ask_for_ever", {})}, cancel=token)
    canceller.join()
    assert result.state == "cancelled"
    assert bench.told()[-2:] == ["cancelled a", "finished"]


def test_an_async_node_that_fails_is_told_like_any_other(home: Home) -> None:
    result = Workbench(home, *NODES).run({"a": ("fails_soon", {})})
    assert str(result.error) == "node 'a' (fails_soon): no answer"


def test_equal_nodes_run_once_in_one_run(home: Home) -> None:
    bench = Workbench(home, *NODES, services=meeting_of(1))
    nodes = {
        "a": ("think", {"name": "x"}),
        "b": ("think", {"name": "x"}),
        "j": ("join", {"parts.0": "<a.value", "parts.1": "<b.value"}),
    }
    result = bench.run(nodes)
    assert result.values == {"j": {"value": "x x"}}
    assert (result.executed, result.cached) == (2, 1)


def test_a_failure_elsewhere_keeps_what_was_finished(home: Home) -> None:
    @node(category="t", lane="io")
    def fail(*, context: Context) -> str:
        context.service(threading.Barrier).wait(PATIENCE)
        raise ValueError("broken")

    bench = Workbench(home, *NODES, fail, services=meeting_of(2))
    nodes = {
        "a": ("fetch", {"name": "a"}),
        "f": ("fail", {}),
        "j": ("join", {"parts.0": "<a.value", "parts.1": "<f.value"}),
    }
    assert str(bench.run(nodes).error) == "node 'f' (fail): broken"
    result = bench.run(nodes | {"f": ("join", {"parts.0": "f"})})
    assert (result.values, result.executed, result.cached) == ({"j": {"value": "a f"}}, 2, 1)


def test_closed_lanes_are_opened_again(home: Home) -> None:
    lanes = Lanes()
    assert lanes.submit("io", lambda: 1).result() == 1
    lanes.close()
    assert lanes.submit("io", lambda: 2).result() == 2
    lanes.close()


@node(category="t", lane="device")
def sample(before: int = 0) -> int:
    time.sleep(0.05)
    return before + 1


@node(category="t", lane="device")
def decode(made: int) -> int:
    time.sleep(0.005)
    return made


@node(category="t", output=True)
def save(picture: int) -> None:
    pass


@node(category="t", lane="device")
def blend(picture: int, other: int) -> int:
    return picture + other


def test_on_a_device_a_picture_that_is_nearly_there_comes_before_another_that_takes_long(home: Home) -> None:
    bench = Workbench(home, sample, decode, save, cache=MemoryCache(0))
    stages = {
        "one": ("sample", {}),
        "two": ("sample", {"before": "<one.value"}),
        "decode_two": ("decode", {"made": "<two.value"}),
        "save_two": ("save", {"picture": "<decode_two.value"}),
        "decode_one": ("decode", {"made": "<one.value"}),
        "save_one": ("save", {"picture": "<decode_one.value"}),
    }
    for _ in range(2):  # before anything is known of how long nodes take, and after
        assert bench.run(stages).state == "succeeded"
        device = [each for each in bench.told("started") if "save" not in each]
        assert device == [f"started {name}" for name in ("one", "decode_one", "two", "decode_two")]


def test_on_a_device_what_waits_for_more_is_not_begun_early(home: Home) -> None:
    bench = Workbench(home, sample, blend, save, cache=MemoryCache(0))
    nodes: dict[str, Any] = {f"s{i}": ("sample", {"before": i}) for i in range(4)}
    nodes["b1"] = ("blend", {"picture": "<s0.value", "other": "<s1.value"})
    nodes["b2"] = ("blend", {"picture": "<b1.value", "other": "<s2.value"})
    nodes["b3"] = ("blend", {"picture": "<b2.value", "other": "<s3.value"})
    nodes["end"] = ("save", {"picture": "<b3.value"})
    bench.run(nodes)
    assert bench.run(nodes).state == "succeeded"
    assert bench.told("started")[:-1] == [
        f"started {name}" for name in ("s0", "s1", "b1", "s2", "b2", "s3", "b3")
    ]
