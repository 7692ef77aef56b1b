"""What the engine itself costs: a chain of trivial nodes, from the document to the last event.

    python benchmarks/engine.py [--nodes 10000 100000] [--repeat 3]

Each figure is the best of the repetitions, in seconds of wall time and of this process's CPU time. Every run
has a listener that receives all events. All but one begin with decoded JSON, so they include reading the
document, checking, building, planning and running; `same graph` runs a graph that is built already.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from graphengine.authoring import node
from graphengine.authoring.catalogue import Catalogue
from graphengine.events import Event, Listener
from graphengine.execution import Engine, RunResult
from graphengine.graph import build, load
from graphengine.home import Home


@node(category="benchmark")
def add(a: int, b: int = 1) -> int:
    """Add two integers."""
    return a + b


def chain(length: int, last: int = 0) -> dict[str, Any]:
    """The document of a chain; `last` is a literal of its last node."""
    nodes: dict[str, Any] = {"n0": {"type": "add", "inputs": {"a": 1}}}
    for i in range(1, length):
        nodes[f"n{i}"] = {"type": "add", "inputs": {"a": {"from": f"n{i - 1}.value"}, "b": i % 7}}
    nodes[f"n{length - 1}"]["inputs"]["b"] = last
    return {"format": "graphengine/1", "nodes": nodes}


@dataclass
class Figure:
    """The best of several repetitions."""

    wall: float = float("inf")
    cpu: float = float("inf")

    def measure(self, work: Callable[[], RunResult]) -> RunResult:
        """Do the work once, and keep the figures that are better than before."""
        gc.collect()  # so that no figure pays for what an earlier one left behind
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        self.wall = min(self.wall, time.perf_counter() - wall)
        self.cpu = min(self.cpu, time.process_time() - cpu)
        return result


def measure(length: int, repeat: int, home: Home) -> dict[str, tuple[Figure, RunResult]]:
    """The figures of a chain of that length."""
    catalogue = Catalogue.of(add)
    figures = {
        name: Figure() for name in ("fresh", "again, from JSON", "again, same graph", "last node changed")
    }
    found: dict[str, tuple[Figure, RunResult]] = {}
    for repetition in range(repeat):
        engine = Engine(catalogue, home)
        events: Counter[str] = Counter()

        def listen(event: Event, events: Counter[str] = events) -> None:
            events[event.event] += 1

        def from_json(
            data: dict[str, Any], engine: Engine = engine, listener: Listener = listen
        ) -> RunResult:
            return engine.run(build(load(data), catalogue, home), listener)

        def keep(name: str, work: Callable[[], RunResult]) -> None:
            found[name] = (figures[name], figures[name].measure(work))

        document = chain(length)
        keep("fresh", partial(from_json, document))
        keep("again, from JSON", partial(from_json, document))
        keep("again, same graph", partial(engine.run, build(load(document), catalogue, home), listen))
        keep("last node changed", partial(from_json, chain(length, last=100 + repetition)))
        if events["started"] + events["cached"] != 4 * length:
            raise SystemExit("some events are missing")
    return found


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description="What the engine itself costs.")
    parser.add_argument("--nodes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--repeat", type=int, default=3)
    arguments = parser.parse_args()
    print(f"{'nodes':>8}  {'run':<18} {'wall s':>8} {'CPU s':>8} {'executed':>9} {'cached':>8}")
    fresh = {}
    with tempfile.TemporaryDirectory() as folder:
        for length in arguments.nodes:
            for name, (figure, result) in measure(length, arguments.repeat, Home(Path(folder))).items():
                print(
                    f"{length:>8}  {name:<18} {figure.wall:8.3f} {figure.cpu:8.3f} "
                    f"{result.executed:>9} {result.cached:>8}"
                )
                if name == "fresh":
                    fresh[length] = figure
    first, *rest = arguments.nodes
    for length in rest:
        wall, cpu = fresh[length].wall / fresh[first].wall, fresh[length].cpu / fresh[first].cpu
        print(f"{length} nodes take {wall:.1f} times the wall time of {first}, {cpu:.1f} times the CPU time")


if __name__ == "__main__":
    main()
