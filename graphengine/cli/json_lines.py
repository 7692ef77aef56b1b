"""Events for machines: one JSON object per line."""

import json
import sys
import threading
from collections.abc import Mapping
from typing import Any

from graphengine.events import Event, Finished


def print_json(value: Mapping[str, Any]) -> None:
    """One line on standard output, at once."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


class JsonLines:
    """Prints every event but the runs' own last ones; the command prints one for all its runs."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def __call__(self, event: Event) -> None:
        """Take one event from the run."""
        if not isinstance(event, Finished):
            with self._lock:
                print_json(event.to_dict())
