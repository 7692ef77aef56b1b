"""Which nodes are at work."""

import threading
from dataclasses import dataclass

from graphengine.events import Cached, Done, Event, Expanded, Finished, Progress, Queued, Skipped, Started


@dataclass
class AtWork:
    """A node at work, and how far it is; of one that was expanded, the node inside that was last heard of."""

    name: str
    step: int = 0
    total: int | None = None
    note: str = ""


class Work:
    """Follows the events of runs.

    run: how many runs have begun. nodes: how many this one has.
    """

    def __init__(self) -> None:
        self.run = 0
        self.nodes = 0
        self._done = 0
        self._at_work: dict[str, AtWork] = {}
        self._top: dict[str, str] = {}
        self._lock = threading.Lock()  # nodes in several lanes tell of their progress at once

    @property
    def done(self) -> int:
        """How many nodes have ended."""
        return self._done

    def latest(self, count: int) -> list[AtWork]:
        """The nodes at work, those that were heard of last, in the order in which they began."""
        with self._lock:
            return list(self._at_work.values())[-count:]

    def __call__(self, event: Event) -> None:
        """Take one event from a run."""
        with self._lock:
            if isinstance(event, Progress):
                self._progress(event)
            elif isinstance(event, Started):
                self._started(event)
            elif isinstance(event, Done | Cached | Skipped):
                if event.parent is None:
                    self._at_work.pop(event.node, None)
                    self._done += 1
            elif isinstance(event, Expanded):
                top = self._top.get(event.node, event.node)
                self._top |= dict.fromkeys(event.nodes, top)
            elif isinstance(event, Queued):
                self.run += 1
                self.nodes = len(event.nodes)
                self._done = 0
                self._at_work.clear()
                self._top.clear()
            elif isinstance(event, Finished):
                self._at_work.clear()

    def _started(self, event: Started) -> None:
        name = event.node
        if event.parent is not None:
            top = self._top.get(name) or self._top.get(event.parent, event.parent)
            self._at_work[top] = AtWork(top, note=name.removeprefix(f"{top}/"))
            return
        self._at_work[name] = AtWork(name)

    def _progress(self, event: Progress) -> None:
        top = self._top.get(event.node, event.node)
        work = self._at_work.get(top)
        if work is None:
            return
        work.step, work.total = event.step, event.total
        inside = event.node.removeprefix(f"{top}/") if top != event.node else ""
        work.note = " ".join(part for part in (inside, event.text) if part)
