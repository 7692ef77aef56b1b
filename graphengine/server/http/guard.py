"""What every request goes through: names and rates, then its route; and every error becomes an answer."""

from __future__ import annotations

import asyncio
import logging
import time

from aiohttp import web
from aiohttp.http_exceptions import BadHttpMessage
from aiohttp.typedefs import Middleware

from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.server.errors import NotFound, ServerError
from graphengine.server.http.answering import Answering
from graphengine.server.http.refusals import Malformed, MethodNotAllowed, TooLarge, TooMany, shorten
from graphengine.server.http.reply import json_response
from graphengine.server.models import ErrorBody, ErrorResponse
from graphengine.server.site import Site

logger = logging.getLogger(__name__)
UNKNOWN_ROUTE = "unknown"


def guard(site: Site) -> Middleware:
    """The one middleware of the application."""

    @web.middleware
    async def guarded(request: web.Request, handler: Answering) -> web.StreamResponse:
        began = time.perf_counter()
        name = UNKNOWN_ROUTE if request.match_info.http_exception else request.match_info.handler.__name__
        try:
            site.names.check(request)
            client = request.remote or ""
            site.rates.check(client, "too many requests")
            site.rates.take(client)
            response = await handler(request)
        except asyncio.CancelledError:  # the client has gone
            raise
        except Exception as error:  # noqa: BLE001 - what isn't known is logged there
            response = refusal(error, request)
        seconds = time.perf_counter() - began
        site.metrics.requests.labels(name, str(response.status)).inc()
        site.metrics.seconds.labels(name).observe(seconds)
        if logger.isEnabledFor(logging.DEBUG):
            log_request(request, name, response, seconds)
        return response

    return guarded


def log_request(request: web.Request, name: str, response: web.StreamResponse, seconds: float) -> None:
    """One line; the path without its query, which may hold a prompt, and the run that it is about."""
    run = request.match_info.get("id") or response.headers.get("Location", "").rpartition("/")[2]
    facts = {
        "run": run or None,
        "client": request.remote,
        "method": request.method,
        "route": name,
        "path": shorten(request.path),
        "status": response.status,
        "milliseconds": round(seconds * 1000, 1),
    }
    logger.debug("answered", extra=facts)


def refusal(error: Exception, request: web.Request) -> web.StreamResponse:
    """The answer that tells of an error; what isn't meant for people is logged, and told without details."""
    if isinstance(error, web.HTTPException):
        return _of_aiohttp(error, request)
    if isinstance(error, BadHttpMessage):  # such as a form whose parts have headers that are none
        return _response(400, Malformed(f"the request is no HTTP: {shorten(error.message)}"))
    if isinstance(error, InvalidWorkflow):
        return _response(422, error, error.problems)
    if isinstance(error, ServerError):
        headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooMany) else None
        return _response(error.status, error, getattr(error, "problems", ()), headers)
    if isinstance(error, GraphEngineError):
        return _response(422, error)
    logger.exception("%s %s failed", request.method, shorten(request.path), exc_info=error)
    hidden = GraphEngineError("the server failed at this; its log tells more", kind="defect")
    return _response(500, hidden)


def _of_aiohttp(error: web.HTTPException, request: web.Request) -> web.StreamResponse:
    if isinstance(error, web.HTTPMethodNotAllowed):
        allowed = ", ".join(sorted(error.allowed_methods))
        text = f"{shorten(request.path)} takes {allowed}, not {shorten(error.method)}"
        return _response(405, MethodNotAllowed(text, kind="method"), headers={"Allow": allowed})
    if isinstance(error, web.HTTPRequestEntityTooLarge):
        return _response(413, TooLarge("the body has more bytes than it may"))
    if error.status == 404:
        return _response(404, NotFound("resource", shorten(request.path)))
    if error.status < 400:
        return error
    return _response(error.status, GraphEngineError(error.reason, kind="http"))


def _response(
    status: int,
    error: GraphEngineError,
    problems: tuple[GraphEngineError, ...] = (),
    headers: dict[str, str] | None = None,
) -> web.Response:
    body = ErrorResponse(
        error=ErrorBody.model_validate(error.to_dict()),
        problems=[ErrorBody.model_validate(each.to_dict()) for each in problems],
    )
    return json_response(body, status, headers)
