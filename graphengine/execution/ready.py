"""The tasks that can run, and which of them goes first."""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import count

from graphengine.execution.lanes import ASYNC, CPU
from graphengine.execution.task import Task
from graphengine.execution.timings import Timings

QUICK = "quick"
"""Not a thread: quick nodes run where the run is planned."""


class Ready:
    """A queue per lane.

    First come tasks that free more memory than they make, so that what was begun is finished before more is
    begun; then those with the longest way to the end behind them; then the first to be ready.
    """

    def __init__(self, timings: Timings) -> None:
        self._timings = timings
        self._heaps: dict[str, list[tuple[bool, float, int, Task]]] = {QUICK: []}
        self._number = count()

    def push(self, task: Task) -> None:
        """Add a task whose inputs are there."""
        schema = task.node.schema
        freed = 0
        for _, source, _ in task.sources:
            if source.uses == 1 and source.entry is not None:
                freed += source.entry.size
        frees = 0 < freed >= self._timings.size(schema.type)
        heap = self._heaps.setdefault(self._lane(task), [])
        heappush(heap, (not frees, -task.rank, next(self._number), task))

    def pop(self, lane: str) -> Task | None:
        """The task that goes first in that lane."""
        heap = self._heaps.get(lane)
        return heappop(heap)[3] if heap else None

    def lanes(self) -> list[str]:
        """The lanes in which a task waits, but the quick ones."""
        return [lane for lane, heap in self._heaps.items() if heap and lane != QUICK]

    def _lane(self, task: Task) -> str:
        schema = task.node.schema
        if task.node.mapped:
            return QUICK  # only makes tasks
        if schema.asynchronous:
            return ASYNC
        if schema.lane == CPU and self._timings.is_quick(schema.type):
            return QUICK
        return schema.lane
