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
        self._coordinates: Mapping[str, Any] | None = None

    def at(self, coordinates: Mapping[str, Any]) -> None:
        """The events from now on are of this point of a sweep."""
        self._coordinates = coordinates

    def __call__(self, event: Event) -> None:
        """Take one event from the run."""
        if isinstance(event, Finished):
            return
        data = event.to_dict()
        if self._coordinates is not None:
            data["coordinates"] = dict(self._coordinates)
        with self._lock:
            print_json(data)
