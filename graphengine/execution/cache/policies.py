"""Which results leave first when the budget is used up."""

from __future__ import annotations

from collections import OrderedDict
from heapq import heapify, heappop, heappush
from typing import Literal, Protocol

PolicyName = Literal["none", "last", "lru", "cost"]


class Policy(Protocol):
    """Told of every result that comes, is used, and goes; says which is to go next."""

    def added(self, key: bytes, size: int, seconds: float) -> None:
        """A result is kept from now on."""

    def used(self, key: bytes) -> None:
        """A result was read."""

    def dropped(self, key: bytes) -> None:
        """A result isn't kept any more."""

    def next_to_go(self) -> bytes:
        """The result to drop first; there is at least one."""


class LeastRecentlyUsed:
    """What was not used for the longest time goes first."""

    def __init__(self) -> None:
        self._order: OrderedDict[bytes, None] = OrderedDict()

    def added(self, key: bytes, size: int, seconds: float) -> None:
        """A result is kept from now on."""
        self._order[key] = None

    def used(self, key: bytes) -> None:
        """A result was read."""
        self._order.move_to_end(key)

    def dropped(self, key: bytes) -> None:
        """A result isn't kept any more."""
        del self._order[key]

    def next_to_go(self) -> bytes:
        """The result to drop first."""
        return next(iter(self._order))


class CheapestToRemake:
    """What takes the fewest seconds per byte to make again goes first; what isn't used ages.

    GreedyDual-Size (Cao and Irani 1997): a result is worth `clock + seconds / size`; the one worth least
    goes, and the clock moves on to its worth, so that those not used since come down beside new ones.
    """

    def __init__(self) -> None:
        self._clock = 0.0
        self._number = 0
        self._rates: dict[bytes, float] = {}
        self._worth: dict[bytes, tuple[float, int]] = {}
        self._heap: list[tuple[float, int, bytes]] | None = None  # made when something must first go

    def added(self, key: bytes, size: int, seconds: float) -> None:
        """A result is kept from now on."""
        self._rates[key] = seconds / max(size, 1)
        self._set(key)

    def used(self, key: bytes) -> None:
        """A result was read."""
        self._set(key)

    def dropped(self, key: bytes) -> None:
        """A result isn't kept any more."""
        del self._rates[key], self._worth[key]

    def next_to_go(self) -> bytes:
        """The result to drop first; the least recently used of those worth the same."""
        heap = self._heap
        if heap is None or len(heap) > 4 * len(self._worth) + 64:
            heap = self._heap = [(worth, number, key) for key, (worth, number) in self._worth.items()]
            heapify(heap)
        while True:
            worth, number, key = heap[0]
            if self._worth.get(key) == (worth, number):
                self._clock = worth
                return key
            heappop(heap)  # it was used since, or is gone

    def _set(self, key: bytes) -> None:
        self._number += 1
        worth = (self._clock + self._rates[key], self._number)
        self._worth[key] = worth
        if self._heap is not None:
            heappush(self._heap, (*worth, key))
