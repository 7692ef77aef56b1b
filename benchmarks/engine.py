"""What the engine itself costs: graphs of trivial nodes, from the document to the last event.

    python benchmarks/engine.py [--sizes 100 1000 10000 100000] [--quick]

Graphs: a chain; nodes side by side that read one and are read by one; a tree that adds up pairs; a lattice in
which each node reads its left and its upper neighbour. Figures are microseconds per node, wall time, the best
of several repetitions (more of them for small graphs); every run has a listener that receives all events.
`fresh` and `cached` begin with decoded JSON, so they include reading the document, checking, building,
planning and running; `same graph` is the second run of a graph that is built already. Then expansions and
loops, per turn, and two branches that wait.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from graphengine.authoring import Expansion, node
from graphengine.authoring.catalogue import Catalogue
from graphengine.events import Event
from graphengine.execution import Engine, RunResult
from graphengine.graph import build, load
from graphengine.home import Home

Nodes = dict[str, Any]


@node(category="benchmark")
def add(a: int, b: int = 1) -> int:
    """Add two integers."""
    return a + b


@node(category="benchmark")
def total(*numbers: int) -> int:
    """Add up all."""
    return sum(numbers)


@node(category="benchmark")
def spread(count: int) -> int | Expansion:
    """Expand into a chain of so many nodes."""
    graph = Expansion()
    value: Any = 0
    for _ in range(count):
        value = graph.add("add", a=value).value
    return graph.give(value)


@node(category="benchmark")
def nest(count: int, a: int = 0) -> int | Expansion:
    """Expand into one node and this one again, so deep."""
    graph = Expansion()
    if not count:
        return a
    return graph.give(graph.add("nest", count=count - 1, a=graph.add("add", a=a).value).value)


@node(category="benchmark", lane="io")
def wait(seconds: float) -> int:
    """Wait as for a network."""
    time.sleep(seconds)
    return 1


def link(name: str) -> dict[str, str]:
    """A link to the one output of a node."""
    return {"from": f"{name}.value"}


def chain(size: int) -> Nodes:
    """Each node reads the one before."""
    nodes: Nodes = {"n0": {"type": "add", "inputs": {"a": 1}}}
    for i in range(1, size):
        nodes[f"n{i}"] = {"type": "add", "inputs": {"a": link(f"n{i - 1}"), "b": i % 7}}
    return nodes


def wide(size: int) -> Nodes:
    """All read one, and one reads all."""
    nodes: Nodes = {"n0": {"type": "add", "inputs": {"a": 1}}}
    for i in range(1, size - 1):
        nodes[f"n{i}"] = {"type": "add", "inputs": {"a": link("n0"), "b": i}}
    nodes["end"] = {"type": "total", "inputs": {f"numbers.{i}": link(f"n{i}") for i in range(1, size - 1)}}
    return nodes


def tree(size: int) -> Nodes:
    """Node i adds up nodes 2i+1 and 2i+2; the leaves come first in the document."""
    nodes: Nodes = {}
    for i in reversed(range(size)):
        left, right = 2 * i + 1, 2 * i + 2
        inputs: dict[str, Any] = {"a": link(f"n{left}") if left < size else i}
        if right < size:
            inputs["b"] = link(f"n{right}")
        nodes[f"n{i}"] = {"type": "add", "inputs": inputs}
    return nodes


def lattice(size: int) -> Nodes:
    """A square in which each node reads its left and its upper neighbour."""
    side = round(size**0.5)
    nodes: Nodes = {}
    for row in range(side):
        for column in range(side):
            inputs = {
                "a": link(f"r{row}c{column - 1}") if column else row,
                "b": link(f"r{row - 1}c{column}") if row else column,
            }
            nodes[f"r{row}c{column}"] = {"type": "add", "inputs": inputs}
    return nodes


SHAPES: dict[str, Callable[[int], Nodes]] = {"chain": chain, "wide": wide, "tree": tree, "lattice": lattice}
STEP = {
    "inputs": {"value": "int", "turn": {"type": "int", "default": 0}, "most": "int"},
    "outputs": {"value": "add.integer", "again": "test.boolean"},
    "nodes": {
        "add": {
            "type": "calculate",
            "inputs": {"expression": "(v + 1) % 1000003", "v": {"from": "inputs.value"}},
        },
        "test": {
            "type": "calculate",
            "inputs": {
                "expression": "t + 1 < most",
                "t": {"from": "inputs.turn"},
                "most": {"from": "inputs.most"},
            },
        },
    },
}


class Bench:
    """Runs documents and takes the time."""

    def __init__(self, home: Home) -> None:
        self.home = home
        built_in = Catalogue.discover(home)
        own = Catalogue.of(add, total, spread, nest, wait)
        self.catalogue = Catalogue(
            (*own, *built_in),
            plugins=built_in.plugins,
            definitions={schema.type: own.definition(schema.type) for schema in own},
        )
        self.events = 0
        self.bytes = 0

    def count(self, event: Event) -> None:
        """Listen, as cheaply as can be."""
        self.events += 1

    def weigh(self, event: Event) -> None:
        """Listen, and weigh each event as JSON."""
        self.events += 1
        self.bytes += len(json.dumps(event.to_dict()))

    def engine(self) -> Engine:
        """One that has seen its nodes before, so that it knows them to be quick."""
        engine = Engine(self.catalogue, self.home)
        self.run(engine, {"format": "graphengine/1", "nodes": chain(20)})
        return engine

    def run(self, engine: Engine, document: dict[str, Any]) -> RunResult:
        """From decoded JSON to the result."""
        result = engine.run(build(load(document), self.catalogue, self.home), self.count)
        if result.state != "succeeded":
            raise SystemExit(str(result.error))
        return result

    def graph_costs(self, nodes: Nodes, repeat: int) -> tuple[float, float, float]:
        """Seconds: fresh, cached, and cached with the graph at hand."""
        document = {"format": "graphengine/1", "nodes": nodes}
        graph = build(load(document), self.catalogue, self.home)
        best = [float("inf")] * 3
        for _ in range(repeat):
            engine = self.engine()
            works = (
                lambda engine=engine: self.run(engine, document),
                lambda engine=engine: self.run(engine, document),
                lambda engine=engine: engine.run(graph, self.count),
            )
            for place, work in enumerate(works):
                gc.collect()
                began = time.perf_counter()
                work()
                best[place] = min(best[place], time.perf_counter() - began)
        return best[0], best[1], best[2]

    def event_volume(self, nodes: Nodes) -> tuple[float, float]:
        """Events and bytes of JSON per node, of a fresh run."""
        self.events = self.bytes = 0
        graph = build(load({"format": "graphengine/1", "nodes": nodes}), self.catalogue, self.home)
        self.engine().run(graph, self.weigh)
        return self.events / len(nodes), self.bytes / len(nodes)

    def seconds(self, nodes: Nodes, **document: Any) -> float:
        """Of one fresh run."""
        data = {"format": "graphengine/1", "nodes": nodes, **document}
        graph = build(load(data), self.catalogue, self.home)
        engine = self.engine()
        gc.collect()
        began = time.perf_counter()
        result = engine.run(graph, self.count)
        if result.state != "succeeded":
            raise SystemExit(str(result.error))
        return time.perf_counter() - began


def graphs(bench: Bench, sizes: list[int]) -> None:
    """The table of graph shapes."""
    print("microseconds per node")
    print(
        f"{'graph':>8} {'nodes':>7} {'fresh':>7} {'cached':>7} {'same graph':>11} {'events':>7} {'bytes':>6}"
    )
    for name, make in SHAPES.items():
        fresh, cached = [], []
        for size in sizes:
            nodes = make(size)
            costs = [
                1e6 * seconds / len(nodes)
                for seconds in bench.graph_costs(nodes, max(3, min(30, 30_000 // size)))
            ]
            events, size_of_events = bench.event_volume(nodes)
            print(
                f"{name:>8} {len(nodes):>7} {costs[0]:7.1f} {costs[1]:7.1f} {costs[2]:11.1f} "
                f"{events:7.2f} {size_of_events:6.0f}"
            )
            fresh.append(costs[0])
            cached.append(costs[1])
        ratios = [max(each) / min(each) for each in (fresh, cached)]
        print(f"{name:>8} dearest to cheapest: fresh {ratios[0]:.2f}, cached {ratios[1]:.2f}")


def loops(bench: Bench, sizes: list[int]) -> None:
    """The table of expansions and loops, with Python's recursion limit as low as can be."""
    subgraphs = {"step": STEP}
    cases: dict[str, Callable[[int], Nodes]] = {
        "expansion": lambda n: {"x": {"type": "spread", "inputs": {"count": n}}},
        "nested": lambda n: {"x": {"type": "nest", "inputs": {"count": n}}},
        "repeat": lambda n: {
            "x": {"type": "repeat", "inputs": {"count": n, "body": "step", "value": 0, "most": n}}
        },
        "while": lambda n: {
            "x": {"type": "while", "inputs": {"limit": n, "body": "step", "value": 0, "most": n}}
        },
    }
    print("\nmicroseconds per turn, with a recursion limit of 250")
    limit = sys.getrecursionlimit()
    for name, make in cases.items():
        bench.seconds(make(10), subgraphs=subgraphs)  # imports
        sys.setrecursionlimit(250)
        costs = [1e6 * bench.seconds(make(size), subgraphs=subgraphs) / size for size in sizes]
        sys.setrecursionlimit(limit)
        print(f"{name:>10} " + "  ".join(f"{n} turns {c:6.1f}" for n, c in zip(sizes, costs, strict=True)))


def branches(bench: Bench, seconds: float = 0.3) -> None:
    """Two branches that wait."""
    nodes = {
        name: {"type": "wait", "inputs": {"seconds": each}}
        for name, each in (("a", seconds), ("b", seconds + 1e-6))
    }
    nodes["end"] = {"type": "add", "inputs": {"a": link("a"), "b": link("b")}}
    print(f"\ntwo branches that wait {seconds} s each: {bench.seconds(nodes):.2f} s")


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description="What the engine itself costs.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10_000, 100_000])
    parser.add_argument("--quick", action="store_true", help="small sizes only")
    arguments = parser.parse_args()
    sizes = [100, 1000] if arguments.quick else arguments.sizes
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Home(Path(folder)))
        graphs(bench, sizes)
        loops(bench, [100, 1000] if arguments.quick else [1000, 10_000])
        branches(bench)


if __name__ == "__main__":
    main()
