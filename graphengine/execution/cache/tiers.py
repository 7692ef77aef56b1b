"""Memory before disk."""

from __future__ import annotations

from graphengine.execution.cache.disk import DiskCache
from graphengine.execution.cache.entry import Entry
from graphengine.execution.cache.memory import MemoryCache


class TieredCache:
    """Looks in memory, then on disk; what is read from disk is kept in memory, what is made goes to both."""

    def __init__(self, memory: MemoryCache, disk: DiskCache) -> None:
        self.memory = memory
        self.disk = disk

    def get(self, key: bytes) -> Entry | None:
        """The result of that key; None if it isn't kept."""
        found = self.memory.get(key)
        if found is None:
            found = self.disk.get(key)
            if found is not None:
                self.memory.put(key, found)
        return found

    def peek(self, key: bytes) -> Entry | None:
        """The result of that key if it is in memory; the disk is left alone."""
        return self.memory.peek(key)

    def put(self, key: bytes, entry: Entry) -> None:
        """Keep a result."""
        self.memory.put(key, entry)
        self.disk.put(key, entry)

    def drop(self, key: bytes) -> None:
        """Forget a result."""
        self.memory.drop(key)
        self.disk.drop(key)

    def where(self, key: bytes) -> str | None:
        """`memory` or `disk`, or None if it isn't kept."""
        return self.memory.where(key) or self.disk.where(key)

    def run_began(self) -> None:
        """A run begins."""
        self.memory.run_began()
        self.disk.run_began()

    def run_ended(self) -> None:
        """A run ended."""
        self.memory.run_ended()
        self.disk.run_ended()
