"""Following the events at one's own pace."""

from __future__ import annotations

import asyncio
from collections import deque
from types import TracebackType
from typing import Self

from graphengine.server.core.event_batch import EventBatch, PreviewEvent, StoredEvent
from graphengine.server.core.event_hub import EventHub
from graphengine.server.core.store import Store
from graphengine.server.core.stored_events import PAGE, stored_since

MOST_WAITING = 5_000
"""Events that wait in memory for one reader; one that falls further behind reads them from the store."""
MOST_PREVIEWS = 16
"""Previews that wait for one reader; those that came first go, as their nodes have most likely ended."""


class Subscription:
    """Follows the events; a slow reader is never in the way: it reads on from the store where it was.

    Use as `async with events.subscribe() as following: batch = await following.next()`.
    since: the number of the last event that it knows; None for none but new ones. run: only events of this.
    """

    def __init__(self, hub: EventHub, store: Store, since: int | None, run: str | None) -> None:
        self.run = run
        self._hub = hub
        self._store = store
        self._batches: deque[EventBatch] = deque()
        self._waiting = 0
        self._previews: dict[tuple[str, str], PreviewEvent] = {}
        self._something = asyncio.Event()
        self._closed = False
        hub.add(self)
        self._delivered = hub.last if since is None else since
        self._stored = hub.last  # what came by then is in the store alone, what came later in the batches

    def take(self, batch: EventBatch) -> None:
        """What is new, from the hub; previews that find others waiting take their place."""
        if self._batches or self._previews or self._delivered < self._stored:
            for preview in batch.previews:
                self._previews.pop((preview.run, preview.node), None)
                self._previews[preview.run, preview.node] = preview
            while len(self._previews) > MOST_PREVIEWS:
                del self._previews[next(iter(self._previews))]
            batch = batch.stored
        if self._waiting + len(batch.events) > MOST_WAITING:
            self._batches.clear()
            self._waiting = 0
            self._stored = self._hub.last
        elif batch.events or batch.previews:
            self._batches.append(batch)
            self._waiting += len(batch.events)
        self._something.set()

    async def next(self) -> EventBatch:
        """The events since the last call, waiting for at least one; of previews only each node's newest."""
        while True:
            if self._closed:
                raise asyncio.CancelledError("the subscription is closed")
            if self._delivered < self._stored:
                events = await self._from_store()
                if events:
                    return EventBatch(events)
            elif self._batches or self._previews:
                return self._from_memory()
            else:
                self._something.clear()
                await self._something.wait()

    def close(self) -> None:
        """Follow no more; a `next` under way raises `asyncio.CancelledError`."""
        self._closed = True
        self._hub.remove(self)
        self._something.set()

    async def __aenter__(self) -> Self:
        """For an `async with` block."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    async def _from_store(self) -> tuple[StoredEvent, ...]:
        until = self._stored
        after = self._delivered
        events = await self._store.read(lambda db: stored_since(db, after, self.run, PAGE, until))
        self._delivered = events[-1].sequence if len(events) == PAGE else until
        return events

    def _from_memory(self) -> EventBatch:
        """The next batch; as it is where that can be, since its encoded form is shared."""
        batch = self._batches.popleft() if self._batches else EventBatch(())
        self._waiting -= len(batch.events)
        if batch.events:
            self._delivered = self._stored = batch.events[-1].sequence
        if self._previews and not self._batches:
            newest = {(each.run, each.node): each for each in batch.previews} | self._previews
            self._previews.clear()
            return EventBatch(batch.events, tuple(newest.values()))
        return batch
