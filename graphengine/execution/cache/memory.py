"""Results of nodes by their keys, in memory, within a budget of bytes."""

from __future__ import annotations

import threading

from graphengine.execution.cache.entry import Entry
from graphengine.execution.cache.policies import CheapestToRemake, LeastRecentlyUsed, Policy, PolicyName

DEFAULT_BUDGET = 2 * 1024**3


class MemoryCache:
    """Keeps results; what is larger than the whole budget is not kept.

    policy: `none` keeps nothing; `last` what the last run made or used; `lru` what was used most recently;
    `cost` what is dearest to make again per byte.
    """

    def __init__(self, budget_bytes: int = DEFAULT_BUDGET, policy: PolicyName = "cost") -> None:
        if budget_bytes < 0:
            raise ValueError(f"expected a budget >= 0 bytes, got {budget_bytes}")
        self.budget_bytes = 0 if policy == "none" else budget_bytes
        self.used_bytes = 0
        self._entries: dict[bytes, Entry] = {}
        self._policy: Policy = CheapestToRemake() if policy == "cost" else LeastRecentlyUsed()
        self._of_run: set[bytes] | None = set() if policy == "last" else None
        self._runs = 0
        self._lock = threading.RLock()  # two runs may go on at once

    def __len__(self) -> int:
        """How many results are kept."""
        return len(self._entries)

    def get(self, key: bytes) -> Entry | None:
        """The result of that key, now the most recently used; None if it isn't kept."""
        with self._lock:
            found = self._entries.get(key)
            if found is not None:
                self._policy.used(key)
                if self._of_run is not None:
                    self._of_run.add(key)
            return found

    def peek(self, key: bytes) -> Entry | None:
        """The result of that key, no more recently used than before; None if it isn't kept."""
        return self._entries.get(key)

    def put(self, key: bytes, entry: Entry) -> None:
        """Keep a result, and drop what the policy gives up for it."""
        with self._lock:
            self.drop(key)
            if entry.size > self.budget_bytes:
                return
            self._entries[key] = entry
            self._policy.added(key, entry.size, entry.seconds)
            self.used_bytes += entry.size
            if self._of_run is not None:
                self._of_run.add(key)
            while self.used_bytes > self.budget_bytes:
                self.drop(self._policy.next_to_go())

    def drop(self, key: bytes) -> None:
        """Forget a result, if it is kept."""
        with self._lock:
            found = self._entries.pop(key, None)
            if found is not None:
                self.used_bytes -= found.size
                self._policy.dropped(key)

    def clear(self) -> None:
        """Forget all results."""
        with self._lock:
            for key in tuple(self._entries):
                self.drop(key)

    def where(self, key: bytes) -> str | None:
        """`memory`, or None if it isn't kept."""
        return "memory" if key in self._entries else None

    def run_began(self) -> None:
        """A run begins."""
        with self._lock:
            self._runs += 1
            if self._of_run is not None and self._runs == 1:
                self._of_run = set()

    def run_ended(self) -> None:
        """A run ended; with the policy `last`, what no run now going on has touched is dropped."""
        with self._lock:
            self._runs -= 1
            if self._of_run is not None and not self._runs:
                for key in self._entries.keys() - self._of_run:
                    self.drop(key)
