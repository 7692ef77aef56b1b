"""Results of nodes by their keys, within a budget of bytes."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from graphengine.artifacts import Artifact
from graphengine.execution.sizes import size_of

DEFAULT_BUDGET = 2 * 1024**3
_ENTRY_OVERHEAD = 400


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """What one node gave: a value per output, and the artifacts that it handed out."""

    values: tuple[Any, ...]
    artifacts: tuple[Artifact, ...]
    size: int

    @classmethod
    def of(cls, values: tuple[Any, ...], artifacts: tuple[Artifact, ...] = ()) -> Entry:
        """An entry with its size, the bytes that it keeps in memory."""
        kept: Any = values[0] if len(values) == 1 and not artifacts else values
        if artifacts:
            kept = (values, [artifact.image for artifact in artifacts])
        return cls(values, artifacts, _ENTRY_OVERHEAD + size_of(kept))

    def replayable(self) -> bool:
        """Whether an output node's effect is still there: it handed something out, and the files exist."""
        return bool(self.artifacts) and all(
            artifact.path is None or artifact.path.exists() for artifact in self.artifacts
        )


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
