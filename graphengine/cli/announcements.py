"""What is said of a run in lines of their own: pictures that were saved, outputs that were skipped."""

import sys
from collections.abc import Collection
from pathlib import Path

from graphengine.cli.report import one_line
from graphengine.events import Event, Output, Skipped


class Announcements:
    """Prints the path of each saved picture on standard output, and a skipped output on standard error.

    outputs: the names of the nodes that were wanted.
    """

    def __init__(self, outputs: Collection[str] = ()) -> None:
        self._outputs = frozenset(outputs)

    def has(self, event: Event) -> bool:
        """Whether there is something to say about the event."""
        if isinstance(event, Output):
            return event.artifact.path is not None
        return isinstance(event, Skipped) and event.node in self._outputs

    def __call__(self, event: Event) -> None:
        """Take one event from the run."""
        if not self.has(event):
            return
        if isinstance(event, Output) and event.artifact.path is not None:
            print_path(event.artifact.path)
        elif isinstance(event, Skipped):
            print(f"{event.node}: skipped: {one_line(event.reason)}", file=sys.stderr)


def print_path(path: Path) -> None:
    """One line on standard output, at once."""
    sys.stdout.write(f"{short_path(path)}\n")
    sys.stdout.flush()


def short_path(path: Path) -> Path:
    """The path as seen from the working directory, if it lies below that."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
