"""Forks processes that run workflows on one disk tier, kills each at a random moment, looks what is served.

    python killed_runs.py FOLDER ROUNDS

Forks, since starting Python a hundred times would take longer than all else.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

from graphengine.authoring import node
from graphengine.authoring.catalogue import Catalogue
from graphengine.execution import DiskCache, Engine, MemoryCache, TieredCache
from graphengine.execution.cache.disk import SUFFIX
from graphengine.graph import build, load
from graphengine.home import Home


class JsonCodec:
    """Results as JSON, so that nothing heavy is imported."""

    def encode(self, values: tuple[Any, ...]) -> bytes | None:
        """The bytes."""
        return json.dumps(values).encode()

    def decode(self, data: bytes) -> tuple[Any, ...]:
        """The values."""
        return tuple(json.loads(data))


CALLS: list[int] = []
WRITTEN = f"*{SUFFIX}"


@node(category="t")
def stretch(text: str, times: int) -> str:
    """Repeat a text."""
    CALLS.append(times)
    return (text[:50] + str(times)) * (200 + 37 * times)


def document(first: int) -> dict[str, Any]:
    """A chain of twelve nodes."""
    nodes: dict[str, Any] = {"n0": {"type": "stretch", "inputs": {"text": "seed", "times": first}}}
    for number in range(1, 12):
        text = {"from": f"n{number - 1}.value"}
        nodes[f"n{number}"] = {"type": "stretch", "inputs": {"text": text, "times": number}}
    return {"format": "graphengine/1", "nodes": nodes}


def expected(first: int) -> str:
    """The same without an engine."""
    text = (("seed")[:50] + str(first)) * (200 + 37 * first)
    for number in range(1, 12):
        text = (text[:50] + str(number)) * (200 + 37 * number)
    return text


def run(folder: Path, first: int) -> Any:
    """One run on the disk tier."""
    catalogue, home = Catalogue.of(stretch), Home(folder / "home")
    disk = DiskCache(folder / "results", 10**9, JsonCodec(), least_seconds=0.0)
    engine = Engine(catalogue, home, TieredCache(MemoryCache(), disk))
    return engine.run(build(load(document(first)), catalogue, home))


def wait_for(results: Path, files: int) -> None:
    """Until there are as many: a moment of the work, however fast the machine is just now."""
    deadline = time.monotonic() + 2
    while len(list(results.rglob(WRITTEN))) < files and time.monotonic() < deadline:
        time.sleep(0.0005)


def main() -> None:
    """Kill, look, report."""
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
    draw = random.Random(7)
    killed = served = 0
    wrong: list[int] = []
    results = folder / "results"
    for round in range(rounds):
        child = os.fork()
        if not child:
            for first in range(1000):
                run(folder, 100 * round + first)
            os._exit(0)
        wait_for(results, len(list(results.rglob(WRITTEN))) + draw.randrange(30))
        time.sleep(draw.uniform(0, 0.003))  # somewhere in the middle of the next write
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
        for first in range(100 * round, 100 * round + 2):
            CALLS.clear()
            result = run(folder, first)
            served += 12 - len(CALLS)
            if result.values["n11"]["value"] != expected(first):
                wrong.append(first)
    print(json.dumps({"killed": killed, "served": served, "wrong": wrong}))


if __name__ == "__main__":
    main()
