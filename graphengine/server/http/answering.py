"""From a route to what aiohttp calls: read the request, call the handler, write the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web
from pydantic import BaseModel

from graphengine.server.http.reading import read_arguments
from graphengine.server.http.reply import Reply, json_response
from graphengine.server.http.route import Route
from graphengine.server.site import Site

Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


def answering(route: Route, site: Site) -> Answering:
    """The route's handler as aiohttp wants it; who has no token is refused before anything is read."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if not route.open:
            site.doorkeeper.check(request)
        arguments = await read_arguments(route, request, site)
        found = await route.handler(**arguments)
        if isinstance(found, web.StreamResponse):
            return found
        if isinstance(found, Reply):
            return json_response(found.model, found.status or route.status, found.headers)
        if isinstance(found, BaseModel):
            return json_response(found, route.status)
        return web.Response(status=route.status)

    answer.__name__ = route.name  # by which metrics and logs call it
    return answer
