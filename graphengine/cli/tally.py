"""What all runs of one command add up to."""

import time
from typing import Any

from graphengine.artifacts import Artifact
from graphengine.errors import Cancelled, GraphEngineError, InvalidWorkflow
from graphengine.events import Event, Finished, State


class Tally:
    """Adds up the last events of runs into the one that `--json` ends with."""

    def __init__(self) -> None:
        self.executed = 0
        self.cached = 0
        self.artifacts: list[Artifact] = []
        self.error: GraphEngineError | None = None
        self.running = False
        self._began = time.perf_counter()

    def __call__(self, event: Event) -> None:
        """Take one event from a run."""
        self.running = True
        if isinstance(event, Finished):
            self.executed += event.executed
            self.cached += event.cached
            self.artifacts += event.artifacts

    @property
    def state(self) -> State:
        """How it ended."""
        if self.error is None:
            return "succeeded"
        return "cancelled" if isinstance(self.error, Cancelled) else "failed"

    def finished(self) -> dict[str, Any]:
        """The last line of `--json`; lists all problems of a workflow that has several."""
        seconds = time.perf_counter() - self._began
        error = self.error if self.state == "failed" else None
        last = Finished(self.state, self.executed, self.cached, seconds, tuple(self.artifacts), error)
        problems = self.error.problems if isinstance(self.error, InvalidWorkflow) else ()
        return last.to_dict() | ({"problems": [each.to_dict() for each in problems]} if problems else {})
