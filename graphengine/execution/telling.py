"""What a run tells its listener about its tasks, and what it counts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from operator import itemgetter

from graphengine.artifacts import Artifact
from graphengine.events import Cached, Done, Expanded, Output, Skipped, Started
from graphengine.execution.cache import Entry
from graphengine.execution.shown_values import (
    MOST_CHARACTERS,
    MOST_INSIDE,
    NO_VALUES,
    ShownValues,
    shown_values,
)
from graphengine.execution.stream import EventStream
from graphengine.execution.task import Phase, Task


class Telling:
    """Tells each thing once: a task that needn't run is told as cached, unless it runs after all.

    again: makes what an earlier run handed out this run's own. peek: what is in memory of a key.
    executed: the seconds of each task that ran. cached, skipped: numbers of tasks.
    """

    def __init__(
        self,
        stream: EventStream,
        again: Callable[[Artifact], Artifact],
        peek: Callable[[bytes], Entry | None],
    ) -> None:
        self._stream = stream
        self._again = again
        self._peek_at = peek
        self._found: list[Task] | None = []
        self.executions = 0
        self.executed: dict[str, float] = {}
        self.cached = 0
        self.skipped = 0
        self._expanded_at: dict[Task, float] = {}
        self._artifacts: list[tuple[tuple[int, int], Artifact]] = []

    @property
    def artifacts(self) -> tuple[Artifact, ...]:
        """What was handed out, in the order of the plan, and within a node in the order of its children."""
        return tuple(artifact for _, artifact in sorted(self._artifacts, key=itemgetter(0)))

    def started(self, task: Task) -> None:
        """A task is called, perhaps again after it asked for a lazy input."""
        if task.started:
            return
        task.started = True
        if task.told:
            task.told = False
            self.cached -= 1
        self._stream.emit(Started(task.name, _parent(task)))

    def ended(self, task: Task) -> None:
        """A task ran."""
        self.executions += 1
        self.executed[task.name] = task.seconds

    def done(self, task: Task, entry: Entry) -> None:
        """A task's values are there, made by itself or by what ran in its place."""
        expanded_at = self._expanded_at.pop(task, None)
        seconds = task.seconds if expanded_at is None else time.perf_counter() - expanded_at
        self._stream.emit(Done(task.name, seconds, _parent(task), *_shown(task, entry)))

    def handed_out(self, task: Task, artifacts: Iterable[Artifact]) -> None:
        """A task's node handed these out, and told of them itself."""
        self._artifacts += [(task.place, artifact) for artifact in artifacts]

    def expanded(self, task: Task, children: list[Task]) -> None:
        """Others run in the place of a task."""
        self._expanded_at[task] = time.perf_counter()
        self._stream.emit(Expanded(task.name, tuple(child.name for child in children)))

    def skipped_for(self, task: Task, reason: str) -> None:
        """A task doesn't run, since what it reads is blocked."""
        self.skipped += 1
        self._stream.emit(Skipped(task.name, reason, _parent(task)))

    def found(self, task: Task) -> None:
        """A task needn't run, since its values are known; what it handed out is handed out again."""
        if self._found is not None:  # while the run begins: told in the order of the plan
            self._found.append(task)
            return
        self._cached(task)

    def planned(self, tasks: Iterable[Task]) -> None:
        """The run begins to work: tell what needn't run, in the order of the plan."""
        found, self._found = set(self._found or ()), None
        behind = self._behind(tasks, found)
        if found:
            for task in tasks:
                if task in found or task in behind:
                    self._cached(task)

    def finished(self, tasks: Iterable[Task]) -> None:
        """All is there: tell of the tasks that nobody asked for in the end."""
        for task in self._behind(tasks, set()):
            self._cached(task)

    def _cached(self, task: Task) -> None:
        if task.told or task.started:
            return
        task.told = True
        self.cached += 1
        entry = task.entry
        self._stream.emit(Cached(task.name, _parent(task), *_shown(task, entry or self._peek(task))))
        for artifact in map(self._again, entry.artifacts if entry else ()):
            self._artifacts.append((task.place, artifact))
            self._stream.emit(Output(task.name, artifact))

    def _peek(self, task: Task) -> Entry | None:
        return None if task.key is None else self._peek_at(task.key)

    @staticmethod
    def _behind(tasks: Iterable[Task], found: set[Task]) -> dict[Task, None]:
        """The tasks that only known ones read, which so were never asked for."""
        behind: dict[Task, None] = {}
        for task in reversed(list(tasks)):
            if task.told or task in found or task in behind:
                for _, source, _ in task.sources:
                    if not (source.wanted or source.started or source.told or source.phase is Phase.DONE):
                        behind[source] = None
        return behind


def _shown(task: Task, entry: Entry | None) -> ShownValues:
    if entry is None:
        return NO_VALUES
    return shown_values(
        task.node.outputs, entry.values, MOST_CHARACTERS if task.parent is None else MOST_INSIDE
    )


def _parent(task: Task) -> str | None:
    return task.parent.name if task.parent is not None else None
