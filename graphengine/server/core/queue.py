"""The queue as a whole, and the order in it."""

from __future__ import annotations

from graphengine.server.models import QueueState, Run, RunChange


class Queue:
    """Runs are taken by priority, then in order; pausing holds up those that haven't begun."""

    async def state(self) -> QueueState:
        """How it stands."""
        raise NotImplementedError

    async def waiting(self, limit: int = 100) -> list[Run]:
        """The queued runs, in the order in which they will run."""
        raise NotImplementedError

    async def pause(self) -> QueueState:
        """Start no more runs, also after a restart of the server, until resumed."""
        raise NotImplementedError

    async def resume(self) -> QueueState:
        """Go on."""
        raise NotImplementedError

    async def change(self, id: str, change: RunChange) -> Run:
        """Give a queued run another priority or place; raises `NotFound`, `Conflict` if it isn't queued."""
        raise NotImplementedError
