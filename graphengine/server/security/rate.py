"""How often a client may do something: a bucket each, that fills steadily and that requests take from."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from graphengine.server.http.refusals import TooMany

MOST_CLIENTS = 10_000


class Buckets:
    """One bucket per client; those that were not used for longest are forgotten.

    per_second: how fast each fills. burst: how much it holds.
    """

    def __init__(self, per_second: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_second
        self._burst = burst
        self._clock = clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def level(self, client: str) -> float:
        """What is in the client's bucket now."""
        level, then = self._levels.get(client, (self._burst, 0.0))
        return min(self._burst, level + (self._clock() - then) * self._per_second)

    def take(self, client: str) -> None:
        """Take one, down to an empty bucket."""
        self._levels[client] = (max(0.0, self.level(client) - 1), self._clock())
        self._levels.move_to_end(client)
        if len(self._levels) > MOST_CLIENTS:
            self._levels.popitem(last=False)

    def check(self, client: str, what: str) -> None:
        """Raise `TooMany`, beginning with `what`, if the bucket is empty."""
        level = self.level(client)
        if level < 1:
            wait = math.ceil((1 - level) / self._per_second)
            raise TooMany(f"{what}: try again in {wait} s", retry_after=wait)
