"""Asking a run to stop, from any thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class CancelToken:
    """Set once; the run notices at once, and a node at work where its `Context` looks."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._wakers: dict[int, Callable[[], None]] = {}

    def cancel(self) -> None:
        """Ask the run to stop; may be called from any thread, from a signal handler, and more than once."""
        self._event.set()
        for wake in tuple(self._wakers.values()):
            wake()

    def is_cancelled(self) -> bool:
        """Whether the run was asked to stop."""
        return self._event.is_set()

    @contextmanager
    def waking(self, wake: Callable[[], None]) -> Iterator[None]:
        """Inside, `cancel` also calls this; it must not block."""
        self._wakers[id(wake)] = wake
        try:
            yield
        finally:
            self._wakers.pop(id(wake), None)
