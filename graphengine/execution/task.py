"""One node of one run, with all that the run knows of it."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from typing import Any

from graphengine.authoring.schema import NodeSchema, OutputSchema
from graphengine.execution.cache import Entry, Origin
from graphengine.graph import GraphNode

_CONSTANT = GraphNode("", NodeSchema("", "", "", (), ()), {}, {}, (OutputSchema("value", ("Any",)),))


class Phase(Enum):
    """How far a task is."""

    KEY = "its key isn't known yet"
    KEYED = "its key is known, and nobody asked for its values"
    INPUTS = "it waits for the values of its inputs"
    READY = "it can run"
    RUNNING = "it runs"
    OUTPUTS = "others run in its place"
    DONE = "its values were made"


class Task:
    """One node of one run; only the thread that plans the run touches it.

    sources: per linked input the task and the number of the output that it reads.
    settled: whether the content addresses of its outputs are known; for most tasks they follow from the key.
    origins: these addresses, where they are not the task's own.
    uses: how many more tasks will read its values; they are let go when it comes down to none.
    specs: once others run in its place, where each of its outputs comes from: a task and the number of an
    output of it, or a list of such pairs. children: these others.
    scope: what the names of its children begin with.
    resolve, wanted: whether somebody asked for its outputs' addresses, or their values.
    holds: whether it counts among the uses of its sources.
    place: what it hands out is in the order of these: the place in the plan of the node that it runs for, and
    its own among all that do.
    constant: its value was given, and can't be made again.
    volatile: what it gives may change although its key doesn't, so that its parent isn't cached.
    told: whether its listeners heard that it needn't run.
    """

    __slots__ = (
        "children",
        "constant",
        "dynamic",
        "entry",
        "followers",
        "forced",
        "holds",
        "key",
        "lazy",
        "name",
        "node",
        "origins",
        "parent",
        "phase",
        "place",
        "rank",
        "readers",
        "resolve",
        "scope",
        "seconds",
        "settled",
        "sources",
        "specs",
        "started",
        "told",
        "unsettled",
        "uses",
        "volatile",
        "waiting",
        "wanted",
    )

    def __init__(
        self,
        name: str,
        node: GraphNode,
        sources: tuple[tuple[str, Task, int], ...],
        parent: Task | None = None,
        place: tuple[int, int] = (0, 0),
    ) -> None:
        schema = node.schema
        self.name = name
        self.node = node
        self.sources = sources
        self.parent = parent
        self.place = place
        self.scope = name
        self.key: bytes | None = None
        self.origins: tuple[Origin, ...] | None = None
        self.entry: Entry | None = None
        self.phase = Phase.KEY
        self.lazy = schema.lazy
        self.dynamic = schema.expands or self.lazy or bool(node.mapped)
        self.settled = False
        self.wanted = False
        self.resolve = False
        self.forced = False
        self.started = False
        self.told = False
        self.holds = False
        self.constant = False
        self.volatile = schema.fingerprinted
        self.unsettled = 0
        self.waiting = 0
        self.uses = 0
        self.rank = 0.0
        self.seconds = 0.0
        self.followers: list[Task] | None = None
        self.readers: list[Task] | None = None
        self.children: list[Task] | None = None
        self.specs: list[Any] | None = None

    @classmethod
    def of_value(cls, value: Any, origin: Origin) -> Task:
        """A task that was done before it began."""
        task = cls("", _CONSTANT, ())
        task.key = origin.key
        task.origins = (origin,)
        task.entry = Entry((value,), (), 0)
        task.phase = Phase.DONE
        task.settled = task.wanted = task.constant = True
        return task

    def needed_inputs(self) -> Collection[str] | None:
        """The linked inputs that must be there before it is called; None for all."""
        if self.node.mapped:
            return self.node.mapped
        if not self.lazy:
            return None
        schema = self.node.schema
        inputs = ((name, schema.input(name)) for name, _, _ in self.sources)
        return {name for name, input in inputs if input is None or not input.lazy}

    def origin(self, index: int) -> Origin:
        """The content address of an output; the task must be settled."""
        if self.origins is not None:
            return self.origins[index]
        assert self.key is not None  # noqa: S101 - settled tasks have keys; a defect otherwise
        return Origin(self.key, index)

    def __repr__(self) -> str:
        """For people who debug."""
        return f"<Task {self.name} ({self.node.schema.type}): {self.phase.value}>"
