"""Nodes that the tests of the engine run, and a workflow of them in short."""

from collections import Counter
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import numpy as np

from graphengine.authoring import Context, Field, node
from graphengine.authoring.catalogue import Catalogue
from graphengine.events import Event
from graphengine.execution import Engine, MemoryCache
from graphengine.graph import Graph, build, load
from graphengine.home import Home

CALLS: Counter[str] = Counter()


class Divided(NamedTuple):
    quotient: int
    rest: int


class Tape:
    """A service: what nodes wrote."""

    def __init__(self) -> None:
        self.lines: list[str] = []


@node(category="t")
def add(a: int, b: int = 1) -> int:
    CALLS["add"] += 1
    return a + b


@node(category="t")
def divide(a: int, b: Annotated[int, Field(ge=1)] = 2) -> Divided:
    if b > 100:
        raise ValueError("too large to divide by")
    return Divided(*divmod(a, b))


@node(category="t")
def fail(a: int) -> int:
    raise KeyError("oops")


@node(category="t")
def array(megabytes: int, seed: int = 0) -> np.ndarray:  # type: ignore[type-arg]
    CALLS["array"] += 1
    return np.zeros(megabytes * 2**20, dtype=np.uint8)


@node(category="t")
def total(array: np.ndarray) -> int:  # type: ignore[type-arg]
    return int(array.sum())


@node(category="t", output=True)
def save(a: int, name: str, *, context: Context) -> None:
    CALLS["save"] += 1
    context.home.output.mkdir(parents=True, exist_ok=True)
    path = context.home.output / name
    path.write_text(str(a))
    context.output(np.zeros((2, 3, 3), dtype=np.uint8), path=path, seed=a)


@node(category="t", output=True)
def shout(a: int, *, context: Context) -> None:
    CALLS["shout"] += 1


@node(category="t")
def slow(a: int, steps: int = 3, *, context: Context) -> int:
    for _ in context.steps(range(steps)):
        CALLS["slow"] += 1
    return a


@node(category="t")
def write(text: str, *, context: Context) -> str:
    context.service(Tape).lines.append(text)
    return text


def content(path: str) -> str:
    return Path(path).read_text()


@node(category="t", fingerprint=content)
def read(path: str) -> str:
    CALLS["read"] += 1
    return Path(path).read_text()


def in_order(low: int, high: int) -> None:
    if low > high:
        raise ValueError(f"low ({low}) is above high ({high})")


@node(category="t", validate=in_order)
def between(low: int, high: int) -> int:
    return (low + high) // 2


@node(category="t")
def mutate(numbers: list[int]) -> list[int]:
    numbers.append(9)
    return numbers


@node(category="t")
def forgetful(a: int) -> int:
    return None  # type: ignore[return-value]


@node(category="t")
def short(a: int) -> Divided:
    return (1,)  # type: ignore[return-value]


@node(category="t")
def anything(value: Any = None) -> Any:
    return value


@node(category="t")
class Tally:
    """Counts its calls."""

    def __init__(self) -> None:
        self.count = 0

    def run(self, a: int) -> int:
        self.count += 1
        return self.count


CATALOGUE = Catalogue.of(
    add,
    divide,
    fail,
    array,
    total,
    save,
    shout,
    slow,
    write,
    read,
    between,
    mutate,
    forgetful,
    short,
    anything,
    Tally,
)


def graph(home: Home, **nodes: tuple[str, dict[str, Any]]) -> Graph:
    """A graph; an input `"<node.output"` is a link."""
    written = {}
    for name, (type, inputs) in nodes.items():
        linked = {
            key: {"from": value[1:]} if isinstance(value, str) and value.startswith("<") else value
            for key, value in inputs.items()
        }
        written[name] = {"type": type, "inputs": linked}
    return build(load({"format": "graphengine/1", "nodes": written}), CATALOGUE, home)


class Bench:
    """An engine, and the events of its last run."""

    def __init__(self, home: Home, budget: int = 2**30, services: dict[type, Any] | None = None) -> None:
        self.home = home
        self.engine = Engine(CATALOGUE, home, MemoryCache(budget), services)
        self.events: list[Event] = []
        CALLS.clear()

    def run(self, what: Graph | None = None, **nodes: tuple[str, dict[str, Any]]) -> Any:
        self.events = []
        return self.engine.run(what or graph(self.home, **nodes), self.events.append)

    def told(self) -> list[str]:
        """The events in short: `started a`."""
        return [f"{event.event} {getattr(event, 'node', '') or ''}".strip() for event in self.events]
