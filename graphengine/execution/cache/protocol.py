"""What the engine asks of a cache."""

from __future__ import annotations

from typing import Protocol

from graphengine.execution.cache.entry import Entry


class Cache(Protocol):
    """Results of nodes by their keys."""

    def get(self, key: bytes) -> Entry | None:
        """The result of that key; None if it isn't kept."""

    def peek(self, key: bytes) -> Entry | None:
        """The result of that key if it is in memory. Has no effect."""

    def put(self, key: bytes, entry: Entry) -> None:
        """Keep a result, as far as the policy and the budget allow."""

    def drop(self, key: bytes) -> None:
        """Forget a result, if it is kept."""

    def where(self, key: bytes) -> str | None:
        """Where the result of that key is, in a word; None if it isn't kept. Has no effect."""

    def run_began(self) -> None:
        """A run begins."""

    def run_ended(self) -> None:
        """A run ended, however."""
