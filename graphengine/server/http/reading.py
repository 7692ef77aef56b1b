"""From a request to the arguments of a route's handler."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_origin

from aiohttp import web
from multidict import MultiMapping
from pydantic import BaseModel, ValidationError

from graphengine.server.errors import NotFound
from graphengine.server.http.json_body import read_json
from graphengine.server.http.refusals import Invalid, Malformed, WrongMediaType, shorten
from graphengine.server.http.reply import JSON
from graphengine.server.http.route import Place, Route
from graphengine.server.http.wording import problems_of


async def read_arguments(route: Route, request: web.Request, site: object) -> dict[str, Any]:
    """The handler's arguments by name; raises `NotFound`, `Malformed`, `Invalid` or `WrongMediaType`."""
    if "Content-Encoding" in request.headers:
        raise WrongMediaType("a body that isn't compressed", request.headers["Content-Encoding"])
    found: dict[str, Any] = {}
    for name in route.takes:
        if name == "site":
            found[name] = site
        elif name == "request":
            found[name] = request
        elif name == "path":
            found[name] = _path(route.inputs["path"], request.match_info)
        elif name == "query":
            found[name] = _texts(route.inputs["query"], request.query, "query")
        elif name == "headers":
            found[name] = _texts(route.inputs["headers"], _named(route, request), "headers")
        else:
            found[name] = await _body(route.inputs["body"], request)
    if "query" not in route.inputs and request.query_string and route.path.startswith("/api/"):
        raise Malformed(f"{route.method} {route.path} takes no query", kind="unknown_name")
    return found


def _path(model: type[BaseModel], values: Mapping[str, str]) -> BaseModel:
    try:
        return model.model_validate(dict(values))
    except ValidationError:
        text = "/".join(shorten(value, 60) for value in values.values())
        raise NotFound("resource", text) from None


def _texts(model: type[BaseModel], given: MultiMapping[str], place: Place) -> BaseModel:
    """A model from texts; a field that is a list takes all values of its name, the others one."""
    values: dict[str, Any] = {}
    names = {field.alias or name: field for name, field in model.model_fields.items()}
    for name in given:
        field = names.get(name)
        several = given.getall(name)
        if field is not None and get_origin(field.annotation) is list:
            values[name] = several
        elif len(several) > 1:
            raise Malformed(f"{place} '{shorten(name)}': expected one value, got {len(several)}")
        else:
            values[name] = several[0]
    try:
        return model.model_validate(values)
    except ValidationError as error:
        problems = problems_of(error, place, list(names))
        raise Malformed(problems[0].message, problems=problems) from None


def _named(route: Route, request: web.Request) -> MultiMapping[str]:
    """Those of the request's headers that the route declares, under the names that it gives them."""
    from multidict import CIMultiDict

    found: CIMultiDict[str] = CIMultiDict()
    for name, field in route.inputs["headers"].model_fields.items():
        alias = field.alias or name
        for value in request.headers.getall(alias, ()):
            found.add(alias, value)
    return found


async def _body(model: type[BaseModel], request: web.Request) -> BaseModel:
    if request.content_type != JSON:
        raise WrongMediaType(JSON, request.headers.get("Content-Type", ""))
    value = read_json(await request.read())
    try:
        return model.model_validate(value, strict=True)
    except ValidationError as error:
        raise Invalid(problems_of(error, "body", list(model.model_fields))) from None
