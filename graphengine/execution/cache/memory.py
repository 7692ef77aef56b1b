"""Results of nodes by their keys, within a budget of bytes."""

from __future__ import annotations

from collections import OrderedDict

from graphengine.execution.cache.entry import Entry

DEFAULT_BUDGET = 2 * 1024**3


class MemoryCache:
    """Keeps the most recently used results; what is larger than the whole budget is not kept."""

    def __init__(self, budget_bytes: int = DEFAULT_BUDGET) -> None:
        if budget_bytes < 0:
            raise ValueError(f"expected a budget >= 0 bytes, got {budget_bytes}")
        self.budget_bytes = budget_bytes
        self.used_bytes = 0
        self._entries: OrderedDict[bytes, Entry] = OrderedDict()

    def __len__(self) -> int:
        """How many results are kept."""
        return len(self._entries)

    def get(self, key: bytes) -> Entry | None:
        """The result of that key, now the most recently used; None if it isn't kept."""
        found = self._entries.get(key)
        if found is None:
            return None
        self._entries.move_to_end(key)
        return found

    def put(self, key: bytes, entry: Entry) -> None:
        """Keep a result, and drop the least recently used ones that are over the budget then."""
        self.drop(key)
        if entry.size > self.budget_bytes:
            return
        self._entries[key] = entry
        self.used_bytes += entry.size
        while self.used_bytes > self.budget_bytes:
            _, dropped = self._entries.popitem(last=False)
            self.used_bytes -= dropped.size

    def drop(self, key: bytes) -> None:
        """Forget a result, if it is kept."""
        found = self._entries.pop(key, None)
        if found is not None:
            self.used_bytes -= found.size

    def clear(self) -> None:
        """Forget all results."""
        self._entries.clear()
        self.used_bytes = 0
