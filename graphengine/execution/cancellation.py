"""Asking a run to stop, from any thread."""

from __future__ import annotations

import threading


class CancelToken:
    """Set once; the run notices before each node, and wherever a node's `Context` looks."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the run to stop; may be called from any thread, and more than once."""
        self._event.set()

    def is_cancelled(self) -> bool:
        """Whether the run was asked to stop."""
        return self._event.is_set()
