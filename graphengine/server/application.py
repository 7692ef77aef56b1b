"""The HTTP application: every route there is, behind one guard."""

from __future__ import annotations

from collections.abc import Iterable

from aiohttp import web
from pydantic_core import to_json

from graphengine.server.http.answering import answering
from graphengine.server.http.guard import guard
from graphengine.server.http.openapi import openapi
from graphengine.server.http.reply import JSON, Content
from graphengine.server.http.route import Route, route
from graphengine.server.routes import (
    artifacts,
    checking,
    events,
    examples,
    models,
    nodes,
    pages,
    plugins,
    prompts,
    queue,
    runs,
    session,
    system,
    uploads,
    workflows,
)
from graphengine.server.security.headers import add_headers
from graphengine.server.site import Site

API: tuple[Route, ...] = (
    *runs.ROUTES,
    *queue.ROUTES,
    *events.ROUTES,
    *artifacts.ROUTES,
    *uploads.ROUTES,
    *examples.ROUTES,
    *workflows.ROUTES,
    *checking.ROUTES,
    *nodes.ROUTES,
    *plugins.ROUTES,
    *prompts.ROUTES,
    *models.ROUTES,
    *system.ROUTES,
    *session.ROUTES,
)


def make_application(site: Site) -> web.Application:
    """The application of a site; starting and stopping the core is its caller's."""
    application = web.Application(middlewares=[guard(site)], client_max_size=site.settings.max_body)
    application.on_response_prepare.append(add_headers)
    for each in (*described(API), *pages.ROUTES):
        application.router.add_route(each.method, each.path, answering(each, site))
    return application


def described(routes: Iterable[Route]) -> tuple[Route, ...]:
    """The routes, and the one that describes them all, itself included."""
    written: list[bytes] = []

    async def read_openapi(site: Site) -> web.StreamResponse:
        """The description of the interface, as OpenAPI 3.1."""
        if not written:
            written.append(to_json(openapi(everything)))
        return web.Response(body=written[0], content_type=JSON)

    own = route(
        "GET", "/api/openapi.json", read_openapi, content=(Content(JSON, {"type": "object"}),), open=True
    )
    everything = (*routes, own)
    return everything
