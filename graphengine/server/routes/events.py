"""Events as they happen: a websocket for programs, and server-sent events for `curl`."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable

from aiohttp import WSCloseCode, WSMsgType, web
from pydantic import Field

from graphengine.server.core.subscription import Subscription
from graphengine.server.errors import ServerError
from graphengine.server.frames import event_stream_block, preview_frame, text_frame
from graphengine.server.http.refusals import Forbidden
from graphengine.server.http.reply import Content
from graphengine.server.http.route import route
from graphengine.server.routes.paths import LARGEST, Taken
from graphengine.server.security.tokens import bearer_of
from graphengine.server.site import Site

HEARTBEAT = 20.0
"""Seconds after which a client that is silent is asked whether it is still there."""
STALLED = 60.0
"""Seconds that a client may read nothing of what it is sent; then it is let go of."""
LARGEST_MESSAGE = 4096
"""Bytes; clients have nothing to say."""


class NoWebsocket(ServerError):  # noqa: N818 - it reads as what happened
    """A plain request where a websocket is spoken."""

    status = 426


class Following(Taken):
    """Which events."""

    since: int | None = Field(
        default=None, ge=0, le=LARGEST, description="those with larger numbers first; without, from now on"
    )
    run: str | None = Field(default=None, max_length=64, description="only those of this run")


class LastSeen(Taken):
    """Where a stream that broke off is taken up again."""

    last_event_id: int | None = Field(
        default=None, alias="Last-Event-ID", ge=0, le=LARGEST, description="the `id` of the last event seen"
    )


async def follow_events(site: Site, request: web.Request, query: Following) -> web.StreamResponse:
    """Follow the events over a websocket.

    A text frame is a JSON array of events, each with its number in `sequence`: with `since` set to the last
    one seen, a client that lost the connection misses none. A binary frame is a preview: four bytes, the
    length (big-endian) of a JSON header, the header (`run`, `node`, `media_type`), and the picture. A slow
    reader gets the newest preview of each node only. Pages of browsers must come from this server; other
    programs say `Origin: http://HOST:PORT`, or show the token as a bearer.
    """
    if request.headers.get("Upgrade", "").lower() != "websocket":
        raise NoWebsocket(
            "expected a websocket, got a plain request", kind="no_websocket", hint="curl: /api/events/stream"
        )
    if "Origin" not in request.headers and (bearer_of(request) is None or not site.doorkeeper.needs_token):
        raise Forbidden("header 'Origin': a websocket says where it comes from", kind="origin")
    site.listeners.check()
    socket = web.WebSocketResponse(heartbeat=HEARTBEAT, compress=False, max_msg_size=LARGEST_MESSAGE)
    await socket.prepare(request)
    with site.listeners.follow(site.core.events, query.since, query.run) as following:
        sending = asyncio.create_task(_send(request, socket, following))
        reading = asyncio.create_task(_until_closed(socket))
        await asyncio.wait((sending, reading), return_when=asyncio.FIRST_COMPLETED)
        for task in (sending, reading):
            task.cancel()
        await asyncio.gather(sending, reading, return_exceptions=True)
    with contextlib.suppress(ConnectionError):
        await socket.close(code=WSCloseCode.GOING_AWAY if site.listeners.stopping else WSCloseCode.OK)
    return socket


async def _send(request: web.Request, socket: web.WebSocketResponse, following: Subscription) -> None:
    with contextlib.suppress(ConnectionError):
        while not socket.closed:
            batch = await following.next()
            for preview in batch.previews:  # before the events, among which the end of the work may be
                await _within(request, socket.send_bytes(preview_frame(preview)))
            if batch.events:
                await _within(request, socket.send_frame(batch.encoded(text_frame), WSMsgType.TEXT))


async def _within(request: web.Request, sending: Awaitable[None]) -> None:
    """Send something; a client that doesn't read it is cut off, with all that waits for it."""
    try:
        async with asyncio.timeout(STALLED):
            await sending
    except TimeoutError:
        if request.transport is not None:
            request.transport.abort()
        raise ConnectionResetError("the client reads nothing") from None


async def _until_closed(socket: web.WebSocketResponse) -> None:
    async for _ in socket:  # what clients say is read, so that pings are answered, and dropped
        pass


async def stream_events(
    site: Site, request: web.Request, query: Following, headers: LastSeen
) -> web.StreamResponse:
    """Follow the events as server-sent events, without previews.

    `curl -N http://HOST:PORT/api/events/stream`; an event's `id` is its number.
    """
    site.listeners.check()
    since = query.since if headers.last_event_id is None else headers.last_event_id
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
    await response.prepare(request)
    with (
        site.listeners.follow(site.core.events, since, query.run) as following,
        contextlib.suppress(ConnectionError),
    ):
        await _within(request, response.write(b": follow\n\n"))
        await _stream(request, response, following)
    return response


async def _stream(request: web.Request, response: web.StreamResponse, following: Subscription) -> None:
    """Send until the client goes, which a write tells, or the subscription closes, which cancels `next`."""
    while True:
        waiting = asyncio.create_task(following.next())
        try:
            while not (await asyncio.wait((waiting,), timeout=HEARTBEAT))[0]:
                await _within(request, response.write(b": still here\n\n"))
        finally:
            waiting.cancel()
        if waiting.cancelled():
            return
        batch = waiting.result()
        if batch.events:
            await _within(request, response.write(batch.encoded(event_stream_block)))


ROUTES = (
    route(
        "GET",
        "/api/events",
        follow_events,
        status=101,
        content=(Content("application/octet-stream"),),
        errors=(426, 503),
    ),
    route(
        "GET",
        "/api/events/stream",
        stream_events,
        content=(Content("text/event-stream", {"type": "string"}),),
        errors=(503,),
    ),
)
