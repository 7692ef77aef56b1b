"""Time limits, and cancelling while others are at work."""

import asyncio
import threading
import time

import pytest

from graphengine.authoring import Context, node
from graphengine.execution import CancelToken, Limits
from graphengine.home import Home
from tests.execution.workbench import Workbench


@node(category="t")
def steps(count: int, *, context: Context) -> int:
    for _ in context.steps(range(count)):
        time.sleep(0.01)
    return count


@node(category="t")
async def waits(seconds: float) -> float:
    await asyncio.sleep(seconds)
    return seconds


NODES = (steps, waits)
FOR_EVER = 10**7


@pytest.mark.parametrize("inputs", [("steps", {"count": FOR_EVER}), ("waits", {"seconds": float(FOR_EVER)})])
@pytest.mark.parametrize("limits", [Limits(run_seconds=0.2), Limits(node_seconds=0.2)])
def test_a_run_and_a_node_have_their_time(home: Home, limits: Limits, inputs: object) -> None:
    bench = Workbench(home, *NODES)
    result = bench.run({"s": inputs}, limits=limits)
    assert (result.state, result.error.kind) == ("failed", "time_limit")
    assert "0.2 s" in str(result.error)
    assert (result.error.node == "s") == (limits.node_seconds is not None)
    assert bench.run({"s": ("steps", {"count": 2})}).values == {"s": {"value": 2}}


@pytest.mark.parametrize("value", [0, -1, float("nan")])
def test_a_limit_is_above_zero(value: float) -> None:
    with pytest.raises(ValueError, match="> 0 seconds"):
        Limits(run_seconds=value)


def test_cancelling_reaches_all_that_are_at_work(home: Home) -> None:
    bench = Workbench(home, *NODES)
    token = CancelToken()
    threading.Timer(0.15, token.cancel).start()
    nodes = {f"s{i}": ("steps", {"count": FOR_EVER + i}) for i in range(3)}
    nodes["w"] = ("waits", {"seconds": float(FOR_EVER)})
    result = bench.run(nodes, cancel=token)
    assert result.state == "cancelled"
    assert bench.run({"w": ("waits", {"seconds": 0.0})}).state == "succeeded"


def test_a_token_that_was_cancelled_before_runs_nothing(home: Home) -> None:
    bench = Workbench(home, *NODES)
    token = CancelToken()
    token.cancel()
    assert bench.run({"s": ("steps", {"count": 1})}, cancel=token).executed == 0
    assert bench.told() == ["queued", "cancelled", "finished"]
