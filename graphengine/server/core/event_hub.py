"""Who follows the events, and passing new ones on to them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol

from graphengine.server.core.event_batch import EventBatch, PreviewEvent, StoredEvent

PAUSE = 0.05
"""Seconds between two deliveries, so that many events at once cost each follower one wake-up."""


class Follower(Protocol):
    """Takes what is new."""

    run: str | None

    def take(self, batch: EventBatch) -> None:
        """New events and previews, in order; must not block."""


class EventHub:
    """Gathers what comes within a moment into one batch, the same object for all who follow everything."""

    def __init__(self) -> None:
        self.last = 0
        self._all: set[Follower] = set()
        self._of_run: defaultdict[str, set[Follower]] = defaultdict(set)
        self._events: list[StoredEvent] = []
        self._previews: dict[tuple[str, str], PreviewEvent] = {}
        self._pause: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        """How many follow."""
        return len(self._all) + sum(map(len, self._of_run.values()))

    def add(self, follower: Follower) -> None:
        """Deliver to this one from the next event on; what was published before has been delivered then."""
        self._deliver()
        (self._all if follower.run is None else self._of_run[follower.run]).add(follower)

    def remove(self, follower: Follower) -> None:
        """Deliver to it no more."""
        if follower.run is None:
            self._all.discard(follower)
            return
        self._of_run[follower.run].discard(follower)
        if not self._of_run[follower.run]:
            del self._of_run[follower.run]

    def publish(self, events: Iterable[StoredEvent]) -> None:
        """Pass on what was stored."""
        self._events += events
        self._soon()

    def preview(self, preview: PreviewEvent) -> None:
        """Pass on a picture; only the newest of each node within a moment."""
        self._previews[preview.run, preview.node] = preview
        self._soon()

    def _soon(self) -> None:
        if self._pause is None:
            self._deliver()
            self._pause = asyncio.get_running_loop().call_later(PAUSE, self._paused)

    def _paused(self) -> None:
        self._pause = None
        if self._events or self._previews:
            self._soon()

    def _deliver(self) -> None:
        if not self._events and not self._previews:
            return
        events, previews = tuple(self._events), tuple(self._previews.values())
        self._events.clear()
        self._previews.clear()
        if events:
            self.last = events[-1].sequence
        if self._all:
            batch = EventBatch(events, previews)
            for follower in tuple(self._all):
                follower.take(batch)
        if self._of_run:
            self._deliver_by_run(events, previews)

    def _deliver_by_run(self, events: tuple[StoredEvent, ...], previews: tuple[PreviewEvent, ...]) -> None:
        stored: defaultdict[str, list[StoredEvent]] = defaultdict(list)
        shown: defaultdict[str, list[PreviewEvent]] = defaultdict(list)
        for event in events:
            if event.run is not None and event.run in self._of_run:
                stored[event.run].append(event)
        for preview in previews:
            if preview.run in self._of_run:
                shown[preview.run].append(preview)
        for run in {**stored, **shown}:
            batch = EventBatch(tuple(stored[run]), tuple(shown[run]))
            for follower in tuple(self._of_run.get(run, ())):
                follower.take(batch)
