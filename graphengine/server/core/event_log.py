"""The events of all runs: stored, numbered, and passed on to those who follow them."""

from __future__ import annotations

import json

from graphengine.server.core.event_hub import EventHub
from graphengine.server.core.store import Store
from graphengine.server.core.stored_events import stored_since
from graphengine.server.core.subscription import Subscription
from graphengine.server.models import EventPage


class EventLog:
    """Every change of a run, and what it tells on the way, under numbers that only grow (with gaps).

    Kinds: those of `graphengine run --json` (`output` with the number of the picture), and `state` (a run's
    new state), `changed` (priority or place), `deleted` (the run), `picture_deleted`, and of no run `queue`
    (paused or resumed), `workflow` (a new version was saved) and `nodes` (there are others, or drop-downs of
    theirs offer something else).
    """

    def __init__(self, hub: EventHub, store: Store) -> None:
        self._hub = hub
        self._store = store

    @property
    def last(self) -> int:
        """The number of the newest event that was passed on; 0 if there is none."""
        return self._hub.last

    @property
    def subscribers(self) -> int:
        """How many follow."""
        return len(self._hub)

    async def since(self, sequence: int = 0, run: str | None = None, limit: int = 1000) -> EventPage:
        """Stored events with larger numbers; of progress only the last of each node stays stored."""
        found = await self._store.read(lambda db: stored_since(db, sequence, run, limit))
        last = found[-1].sequence if found else sequence
        return EventPage(events=[json.loads(each.json) for each in found], last=last)

    def subscribe(self, since: int | None = None, run: str | None = None) -> Subscription:
        """Follow all events after that number, or from now on for None; of one run if one is named."""
        return Subscription(self._hub, self._store, since, run)
