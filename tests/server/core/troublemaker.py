"""Nodes that make trouble without torch, runs of them, and waiting for what becomes of those."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

from graphengine.home import Home
from graphengine.server.core import Core, CoreSettings
from graphengine.server.models import ENDED, Run, SubmitRequest

PLUGIN = '''
"""Nodes for tests."""

import os
import signal
import time

import numpy as np

from graphengine.authoring import Choices, Choice, Context, Seed, node


class Colours(Choices):
    """The colours that there are files of."""

    @classmethod
    def options(cls, home):
        return sorted(path.name for path in (home.root / "colours").glob("*"))


@node(category="t")
def add(a: int = 1, b: int = 2) -> int:
    """Add."""
    return a + b


def check_order(low: int, high: int) -> None:
    if low == 7777:
        time.sleep(3)
    if low > high:
        raise ValueError(f"low ({low}) is above high ({high})")


@node(category="t", output=True, validate=check_order)
def between(low: int = 0, high: int = 9) -> None:
    """Take the numbers between two."""


@node(category="t", output=True)
def show(value: int, seed: Seed = 0, text: str = "", *, context: Context) -> None:
    """Draw a number."""
    context.output(np.full((2, 3, 3), value % 256, dtype=np.uint8), seed=seed)


@node(category="t", output=True)
def colour(name: Choice[Colours], *, context: Context) -> None:
    """Draw a colour."""
    context.output(np.zeros((1, 1, 3), dtype=np.uint8))


@node(category="t")
def sketch(value: int = 0, count: int = 1, *, context: Context) -> int:
    """Draw a number so often, and pass it on."""
    for _ in range(count):
        context.output(np.full((2, 3, 3), value % 256, dtype=np.uint8))
    return value


@node(category="t", output=True, fingerprint=lambda context: str(time.time_ns()))
def trouble(kind: str = "", seconds: float = 0.0, after: int = 0, *, context: Context) -> None:
    """Make trouble."""
    if kind == "raise":
        raise RuntimeError("as was asked")
    if kind == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if kind == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if kind == "deaf":
        time.sleep(seconds)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        context.check_cancelled()
        time.sleep(0.005)


@node(category="t", output=True)
def tell(steps: int = 3, *, context: Context) -> None:
    """Tell of progress, with a preview at each step."""
    for step in context.steps(range(steps), steps):
        context.preview(np.full((1, 1, 3), step % 256, dtype=np.uint8))
    context.output(np.zeros((1, 1, 3), dtype=np.uint8))
'''
ADDING: dict[str, Any] = {
    "format": "graphengine/1",
    "name": "adding",
    "parameters": {"a": "add.a", "seed": "show.seed", "text": "show.text"},
    "nodes": {
        "add": {"type": "add", "inputs": {"a": 1}},
        "show": {"type": "show", "inputs": {"value": {"from": "add.value"}}},
    },
}
QUICK = CoreSettings(preload=False, cancel_grace=0.3, stop_grace=0.2, disk_cache=0)


def trouble(kind: str = "", seconds: float = 0.0) -> SubmitRequest:
    """A run that makes trouble of a kind, or just takes so long."""
    nodes = {"it": {"type": "trouble", "inputs": {"kind": kind, "seconds": seconds}}}
    return SubmitRequest(workflow={"format": "graphengine/1", "nodes": nodes})


def sketched(kind: str = "", seconds: float = 0.0, value: int = 0, count: int = 1) -> SubmitRequest:
    """A run that hands out pictures, and then makes trouble."""
    inputs = {"kind": kind, "seconds": seconds, "after": {"from": "sketch.value"}}
    nodes: dict[str, Any] = {
        "sketch": {"type": "sketch", "inputs": {"value": value, "count": count}},
        "it": {"type": "trouble", "inputs": inputs},
    }
    return SubmitRequest(workflow={"format": "graphengine/1", "nodes": nodes})


def adding(**parameters: Any) -> SubmitRequest:
    """A run that succeeds."""
    return SubmitRequest(workflow=ADDING, parameters=parameters)


async def ended(core: Core, id: str) -> Run:
    """The run once it has ended."""
    async with core.events.subscribe(run=id) as following:
        run = await core.runs.read(id)
        while run.state not in ENDED:
            await following.next()
            run = await core.runs.read(id)
        return run


async def running(core: Core, id: str, attempt: int = 1) -> None:
    """Until the run has begun in the worker, for the first time or another."""
    begun = 0
    async with core.events.subscribe(since=0, run=id) as following:
        while begun < attempt:
            events = (await following.next()).events
            begun += sum('"event":"started"' in event.json for event in events)


@contextlib.asynccontextmanager
async def serving(home: Home, settings: CoreSettings = QUICK) -> AsyncIterator[Core]:
    """A core that is started, and stopped at the end."""
    core = Core(home, settings)
    await core.start()
    try:
        yield core
    finally:
        await core.stop()
