"""What all runs of one command add up to."""

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from graphengine.artifacts import Artifact
from graphengine.errors import Cancelled, GraphEngineError, InvalidWorkflow
from graphengine.events import Event, Finished, State
from graphengine.runtime import Point, SweepResult
from graphengine.runtime.grid import at


class Tally:
    """Adds up the last events of runs into the one that `--json` ends with."""

    def __init__(self) -> None:
        self.executed = 0
        self.cached = 0
        self.skipped = 0
        self.artifacts: list[Artifact] = []
        self.error: GraphEngineError | None = None
        self.running = False
        self.swept: SweepResult | None = None
        self._began = time.perf_counter()

    def __call__(self, event: Event) -> None:
        """Take one event from a run."""
        self.running = True
        if isinstance(event, Finished):
            self.executed += event.executed
            self.cached += event.cached
            self.skipped += event.skipped
            self.artifacts += (replace(each, image=None) for each in event.artifacts)

    def sweep(self, swept: SweepResult) -> None:
        """Take in how a sweep went; that some of its points failed is its error."""
        self.swept = swept
        if swept.state == "cancelled":
            self.error = Cancelled()
        elif swept.failed:
            self.error = _failed(swept.failed, len(swept.points))

    @property
    def state(self) -> State:
        """How it ended."""
        if self.error is None:
            return "succeeded"
        return "cancelled" if isinstance(self.error, Cancelled) else "failed"

    def finished(self) -> dict[str, Any]:
        """The last line of `--json`; with every problem of a bad workflow, and a sweep's points."""
        seconds = time.perf_counter() - self._began
        error = self.error if self.state == "failed" else None
        last = Finished(
            self.state, self.executed, self.cached, seconds, tuple(self.artifacts), error, self.skipped
        )
        found = last.to_dict()
        if isinstance(self.error, InvalidWorkflow):
            found["problems"] = [each.to_dict() for each in self.error.problems]
        if self.swept is not None:
            sheet = self.swept.sheet
            found["points"] = [point.to_dict() for point in self.swept.points]
            found["sheet"] = None if sheet is None else sheet.to_dict()
        return found


def _failed(failed: Sequence[Point], count: int) -> GraphEngineError:
    """The first failure, with how many there were."""
    first = failed[0]
    error = first.error or GraphEngineError("")
    return error.reworded(
        f"{len(failed)} of {count} points failed, the first at {at(first.coordinates)}: {error.message}"
    )
