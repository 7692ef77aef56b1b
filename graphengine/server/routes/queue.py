"""The queue as a whole."""

from __future__ import annotations

from pydantic import BaseModel

from graphengine.server.http.route import route
from graphengine.server.models import QueueState, Run
from graphengine.server.site import Site


class Queue(BaseModel):
    """How the queue stands, and the next runs in it, in their order."""

    state: QueueState
    waiting: list[Run]


async def read_queue(site: Site) -> Queue:
    """Read the queue: what runs, and what comes next."""
    return Queue(state=await site.core.queue.state(), waiting=await site.core.queue.waiting())


async def pause_queue(site: Site) -> QueueState:
    """Start no more runs until the queue is resumed; what runs goes on."""
    return await site.core.queue.pause()


async def resume_queue(site: Site) -> QueueState:
    """Start runs again."""
    return await site.core.queue.resume()


ROUTES = (
    route("GET", "/api/queue", read_queue),
    route("POST", "/api/queue/pause", pause_queue, errors=(507,)),
    route("POST", "/api/queue/resume", resume_queue, errors=(507,)),
)
