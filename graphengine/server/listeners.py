"""Who follows the events now: counted, bounded, and told to go when the server stops."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import Gauge

from graphengine.server.core.event_log import EventLog
from graphengine.server.core.subscription import Subscription
from graphengine.server.errors import Unavailable
from graphengine.server.http.refusals import TooMany


class Listeners:
    """The open event streams. most: how many there may be. open: counts them for the metrics."""

    def __init__(self, most: int, open: Gauge) -> None:
        self._most = most
        self._open = open
        self._followed: set[Subscription] = set()
        self.stopping = False

    def check(self) -> None:
        """Raise `TooMany` where there may be no more, `Unavailable` when the server stops."""
        if self.stopping:
            raise Unavailable("the server stops")
        if len(self._followed) >= self._most:
            raise TooMany(f"there are {self._most} open event streams, as many as may be", retry_after=5)

    @contextmanager
    def follow(self, events: EventLog, since: int | None, run: str | None) -> Iterator[Subscription]:
        """The events after that number, of one run or of all; followed until the block ends."""
        following = events.subscribe(since, run)
        self._followed.add(following)
        self._open.inc()
        try:
            yield following
        finally:
            following.close()
            self._open.dec()
            self._followed.discard(following)

    def stop(self) -> None:
        """End all of them; further ones are refused."""
        self.stopping = True
        for following in tuple(self._followed):
            following.close()
