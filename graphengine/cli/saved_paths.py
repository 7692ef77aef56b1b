"""The path of each saved picture, on standard output."""

import sys
from pathlib import Path

from graphengine.events import Event, Output


class SavedPaths:
    """Prints one line per saved picture as soon as it is there."""

    def __call__(self, event: Event) -> None:
        """Take one event from the run."""
        if isinstance(event, Output) and event.artifact.path is not None:
            sys.stdout.write(f"{short_path(event.artifact.path)}\n")
            sys.stdout.flush()


def short_path(path: Path) -> Path:
    """The path as seen from the working directory, if it lies below that."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
