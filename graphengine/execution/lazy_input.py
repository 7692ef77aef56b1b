"""A lazy input as the engine hands it to a node."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphengine.authoring.blocked import Blocked
from graphengine.authoring.lazy import InputNeeded, Lazy
from graphengine.execution.task import Task


class InputBlocked(BaseException):
    """A node asked for a lazy input that a node before it blocked."""


class LazyInput(Lazy[Any]):
    """Gives the value if it was made; else ends the call, so that it is made.

    check: turns the value into what the node may take.
    """

    def __init__(self, name: str, source: Task, index: int, check: Callable[[Any], Any]) -> None:
        self.name = name
        self.source = source
        self.index = index
        self.asked = False
        self._check = check

    def get(self) -> Any:
        """The value."""
        self.asked = True
        entry = self.source.entry
        if entry is None:
            raise InputNeeded(self)
        value = entry.values[self.index]
        if isinstance(value, Blocked):
            raise InputBlocked(value.reason)
        return self._check(value)
