"""The events of all runs: stored, numbered, and passed on to those who follow them."""

from __future__ import annotations

from graphengine.server.core.event_batch import EventBatch
from graphengine.server.models import EventPage


class Subscription:
    """Follows the events; a slow reader is never in the way: it reads on from the store where it was.

    Use as `async with events.subscribe() as following: batch = await following.next()`.
    """

    async def next(self) -> EventBatch:
        """The events since the last call, waiting for at least one; of previews only each node's newest."""
        raise NotImplementedError

    def close(self) -> None:
        """Follow no more; a `next` under way raises `asyncio.CancelledError`."""
        raise NotImplementedError

    async def __aenter__(self) -> Subscription:
        """For an `async with` block."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close it."""
        self.close()


class EventLog:
    """Every change of a run, and what it tells on the way, under numbers that only grow (with gaps).

    Kinds: those of `graphengine run --json`, and `state` (a run's new state), `changed` (priority or place),
    `queue` (paused or resumed; its run is None), `deleted`.
    """

    @property
    def last(self) -> int:
        """The number of the newest event; 0 if there is none."""
        raise NotImplementedError

    async def since(self, sequence: int = 0, run: str | None = None, limit: int = 1000) -> EventPage:
        """Stored events with larger numbers; of progress only the last of each node stays stored."""
        raise NotImplementedError

    def subscribe(self, since: int | None = None, run: str | None = None) -> Subscription:
        """Follow all events after that number, or from now on for None; of one run if one is named."""
        raise NotImplementedError
