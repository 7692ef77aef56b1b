"""The tasks that can run, and which of them goes first."""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import count

from graphengine.execution.lanes import ASYNC, CPU, capacity
from graphengine.execution.task import Task
from graphengine.execution.timings import QUICK_SECONDS, Timings

QUICK = "quick"
"""Not a thread: quick nodes run where the run is planned."""
FARTHEST = 16
"""Nodes from one that can run to the output node that it leads to."""


class Ready:
    """A queue per lane.

    First come tasks that free more memory than they make, so that what was begun is finished before more is
    begun. Where one runs after the other, as on a device, those come next that lead to an output node with no
    need of anything else, the nearest first: a picture is there while others are made. Then come those with
    the longest way to the end behind them; then the first to be ready.
    """

    def __init__(self, timings: Timings) -> None:
        self._timings = timings
        self._heaps: dict[str, list[tuple[bool, bool, float, int, Task]]] = {QUICK: []}
        self._number = count()

    def push(self, task: Task) -> None:
        """Add a task whose inputs are there."""
        schema = task.node.schema
        freed = 0
        for _, source, _ in task.sources:
            if source.uses == 1 and source.entry is not None:
                freed += source.entry.size
        frees = 0 < freed >= self._timings.size(schema.type)
        lane = self._lane(task)
        near = self._seconds_to_output(task) if lane != QUICK and capacity(lane) == 1 else None
        way = -task.rank if near is None else near
        heap = self._heaps.setdefault(lane, [])
        heappush(heap, (not frees, near is None, way, next(self._number), task))

    def pop(self, lane: str) -> Task | None:
        """The task that goes first in that lane."""
        heap = self._heaps.get(lane)
        return heappop(heap)[-1] if heap else None

    def lanes(self) -> list[str]:
        """The lanes in which a task waits, but the quick ones."""
        return [lane for lane, heap in self._heaps.items() if heap and lane != QUICK]

    def _seconds_to_output(self, task: Task) -> float | None:
        """What it takes to come to an output node, where all else that it needs has been made."""
        nearest = None
        ways = [(task, 0.0, 0)]
        while ways:
            each, seconds, steps = ways.pop()
            seconds += self._timings.seconds(each.node.schema.type) or QUICK_SECONDS
            if each.node.output:
                nearest = seconds if nearest is None else min(nearest, seconds)
            elif steps < FARTHEST:
                ways += [(reader, seconds, steps + 1) for reader in each.readers or () if reader.waiting == 1]
        return nearest

    def _lane(self, task: Task) -> str:
        schema = task.node.schema
        if task.node.mapped:
            return QUICK  # only makes tasks
        if schema.asynchronous:
            return ASYNC
        if schema.lane == CPU and self._timings.is_quick(schema.type):
            return QUICK
        return schema.lane
