"""The records of what ran, kept from one process to the next where results are."""

from __future__ import annotations

from graphengine.execution import Cache, RunResult
from graphengine.execution.records import MOST_NODES, NodeRecord, RecordFolder, updated
from graphengine.home import Home

RUNS = "runs"
"""In the cache folder."""


class History:
    """What each workflow's nodes were when they last ran.

    kept: whether it is written to disk, too.
    """

    def __init__(self, home: Home, cache: Cache, *, kept: bool) -> None:
        self._folder = RecordFolder(home.cache / RUNS) if kept else None
        self._cache = cache
        self._known: dict[str, dict[str, NodeRecord]] = {}

    def of(self, workflow: str) -> dict[str, NodeRecord]:
        """The records of the workflow of that name."""
        known = self._known.get(workflow)
        if known is None:
            known = self._known[workflow] = self._folder.load(workflow) if self._folder else {}
        return known

    def add(self, workflow: str, ended: RunResult, now: float) -> None:
        """Take note of a run that ended."""
        if ended.plan is None or len(ended.plan.order) > MOST_NODES:
            return
        records = self._known[workflow] = updated(self.of(workflow), ended, self._cache.where, now)
        if self._folder is not None:
            self._folder.save(workflow, records)
