"""The server itself: health, readiness, the machine, memory, metrics."""

from __future__ import annotations

from typing import Literal

from aiohttp import web
from pydantic import BaseModel

from graphengine import __version__
from graphengine.server.http.reply import Content, Reply
from graphengine.server.http.route import route
from graphengine.server.models import Readiness, SystemInfo, WorkerInfo
from graphengine.server.site import Site


class Health(BaseModel):
    """The server answers."""

    status: Literal["ok"] = "ok"
    version: str = __version__


async def read_health(site: Site) -> Health:
    """Tell that the server is up; for whoever would restart it."""
    return Health()


async def read_readiness(site: Site) -> Reply[Readiness]:
    """Tell whether runs are worked off; 503 if not, for whoever would send requests elsewhere."""
    readiness = site.core.readiness()
    return Reply(readiness, status=200 if readiness.ready else 503)


async def read_system(site: Site) -> SystemInfo:
    """The machine, the versions in use, and the two processes."""
    return await site.core.system()


async def read_memory(site: Site) -> WorkerInfo:
    """What the worker holds: results and model weights."""
    return await site.core.worker()


async def free_memory(site: Site) -> WorkerInfo:
    """Drop the weights that aren't in use, and the results kept in memory."""
    return await site.core.free_memory()


async def read_metrics(site: Site) -> web.StreamResponse:
    """Metrics for Prometheus."""
    metrics = site.metrics
    queue = await site.core.queue.state()
    system = await site.core.system()
    metrics.queued.set(queue.queued)
    metrics.running.set(len(queue.running))
    metrics.server_memory.set(system.server_memory)
    metrics.worker_memory.set(system.worker.memory or 0)
    metrics.worker_restarts.set(system.worker.restarts)
    return web.Response(body=metrics.text(), headers={"Content-Type": metrics.content_type})


ROUTES = (
    route("GET", "/api/health", read_health, open=True),
    route("GET", "/api/ready", read_readiness, also={503: "not ready"}, open=True),
    route("GET", "/api/system", read_system),
    route("GET", "/api/memory", read_memory),
    route("POST", "/api/memory/free", free_memory, errors=(503,)),
    route("GET", "/metrics", read_metrics, content=(Content("text/plain", {"type": "string"}),)),
)
