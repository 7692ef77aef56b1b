"""The declaration of a route: its handler's signature is its schema, for requests and for OpenAPI."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args, get_origin, get_type_hints

from aiohttp import web
from pydantic import BaseModel

from graphengine.server.http.reply import Content, Reply

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
Handler = Callable[..., Awaitable[Any]]
Place = Literal["path", "query", "headers", "body"]
PLACES: tuple[Place, ...] = ("path", "query", "headers", "body")

ALWAYS = (403, 429)
"""What any request may be answered with: from another site, or one of too many."""
WITH_A_BODY = (400, 413, 415, 422)


@dataclass(frozen=True)
class Route:
    """One method of one path.

    inputs: the models of what the handler takes from the request, by place.
    answer: the model, or the kinds of content, that a request that succeeds is answered with; None for none.
    errors: the statuses of refusals; each has the same body.
    also: further statuses without a body of their own, such as 304, with what they mean.
    consumes: the kinds of body that the handler reads by itself. open: whether it needs no token.
    """

    method: Method
    path: str
    handler: Handler
    status: int
    inputs: Mapping[Place, type[BaseModel]]
    takes: tuple[str, ...]
    answer: type[BaseModel] | tuple[Content, ...] | None
    errors: tuple[int, ...]
    also: Mapping[int, str] = field(default_factory=dict)
    consumes: tuple[Content, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    open: bool = False

    @property
    def name(self) -> str:
        """What OpenAPI calls the operation, and metrics and logs the route."""
        return self.handler.__name__

    @property
    def tag(self) -> str:
        """The subject: the first part of the path after `/api`."""
        parts = [part for part in self.path.split("/") if part and part != "api"]
        return parts[0] if parts else "server"

    @property
    def summary(self) -> str:
        """The first line of the handler's docstring."""
        return self._docstring.partition("\n")[0].rstrip(".")

    @property
    def description(self) -> str:
        """The rest of the handler's docstring."""
        return self._docstring.partition("\n")[2].strip()

    @property
    def _docstring(self) -> str:
        return inspect.getdoc(self.handler) or ""


def route(
    method: Method,
    path: str,
    handler: Handler,
    *,
    status: int | None = None,
    answer: type[BaseModel] | None = None,
    content: tuple[Content, ...] = (),
    errors: tuple[int, ...] = (),
    also: Mapping[int, str] | None = None,
    consumes: tuple[Content, ...] = (),
    headers: Mapping[str, str] | None = None,
    open: bool = False,
) -> Route:
    """Declare a route; the handler's parameters `path`, `query`, `headers` and `body` have models as types.

    answer: the model of a handler that writes the JSON itself.
    The handler's other parameters may be `site` and `request`. It returns a model, a `Reply`, a response
    (of one of the kinds of `content`), or None.
    """
    hints = get_type_hints(handler)
    takes = tuple(inspect.signature(handler).parameters)
    inputs: dict[Place, type[BaseModel]] = {place: hints[place] for place in PLACES if place in takes}
    answered = None if status == 204 else content or answer or _model(hints["return"])
    possible = {*ALWAYS, *errors}
    if not open:
        possible.add(401)
    if "path" in inputs:
        possible.add(404)
    if inputs:
        possible.add(400)
    if "body" in inputs or consumes:
        possible.update(WITH_A_BODY)
    return Route(
        method,
        path,
        handler,
        status or (200 if answered else 204),
        inputs,
        takes,
        answered,
        tuple(sorted(possible)),
        also or {},
        consumes,
        headers or {},
        open,
    )


def _model(annotation: Any) -> type[BaseModel] | None:
    """The model in what a handler returns; None if it returns none."""
    if get_origin(annotation) is Reply:
        annotation = get_args(annotation)[0]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if annotation is type(None):
        return None
    if isinstance(annotation, type) and issubclass(annotation, web.StreamResponse):
        raise TypeError("a route that returns a response says in `content` of which kinds it is")
    raise TypeError(f"a route returns a model, a Reply, a response or None, not {annotation!r}")
