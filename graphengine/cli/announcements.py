"""What is said of a run in lines of their own: saved pictures, values, and outputs that were skipped."""

import json
import sys
from collections.abc import Collection
from pathlib import Path

from graphengine.cli.report import one_line
from graphengine.events import Cached, Done, Event, Output, Skipped


class Announcements:
    """Prints the path of each saved picture, and each value that was wanted, on standard output.

    What was skipped is told on standard error. outputs: the names of the nodes that were wanted.
    """

    def __init__(self, outputs: Collection[str] = ()) -> None:
        self._outputs = frozenset(outputs)

    def has(self, event: Event) -> bool:
        """Whether there is something to say about the event."""
        if isinstance(event, Output):
            return event.artifact.path is not None
        if isinstance(event, Done | Cached):
            return bool(event.values) and event.node in self._outputs
        return isinstance(event, Skipped) and event.node in self._outputs

    def __call__(self, event: Event) -> None:
        """Take one event from the run."""
        if not self.has(event):
            return
        if isinstance(event, Output) and event.artifact.path is not None:
            print_path(event.artifact.path)
        elif isinstance(event, Done | Cached):
            _print_values(event)
        elif isinstance(event, Skipped):
            print(f"{event.node}: skipped: {one_line(event.reason)}", file=sys.stderr)


def _print_values(event: Done | Cached) -> None:
    """A line per output on standard output, as `node.output: value`; a text as it is, all else as JSON."""
    for output, value in (event.values or {}).items():
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        more = " …" if event.cut and output in event.cut else ""
        sys.stdout.write(f"{event.node}.{output}: {text}{more}\n")
    sys.stdout.flush()


def print_path(path: Path) -> None:
    """One line on standard output, at once."""
    sys.stdout.write(f"{short_path(path)}\n")
    sys.stdout.flush()


def short_path(path: Path) -> Path:
    """The path as seen from the working directory, if it lies below that."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
