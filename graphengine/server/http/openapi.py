"""The OpenAPI 3.1 document: the table of routes and the models, written out; nothing is declared here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from graphengine import __version__
from graphengine.graph import json_schema
from graphengine.server.http.reply import JSON, Content
from graphengine.server.http.route import Place, Route
from graphengine.server.models import ErrorResponse

_REF = "#/components/schemas/{model}"
_IN: Mapping[str, str] = {"path": "path", "query": "query", "headers": "header"}
WORKFLOW = "Workflow"
"""The name under which the schema of workflow documents stands."""


def openapi(routes: Iterable[Route]) -> dict[str, Any]:
    """The document, of these routes."""
    return _Writer(tuple(routes)).document()


class _Writer:
    """Writes one document."""

    def __init__(self, routes: tuple[Route, ...]) -> None:
        self._routes = routes
        models: list[tuple[type[BaseModel], JsonSchemaMode]] = [(ErrorResponse, "serialization")]
        for route in routes:
            models += [(model, "validation") for model in route.inputs.values()]
            if isinstance(route.answer, type):
                models.append((route.answer, "serialization"))
        refs, schemas = models_json_schema(list(dict.fromkeys(models)), ref_template=_REF)
        self._refs = refs
        self._schemas: dict[str, Any] = schemas.get("$defs", {})

    def document(self) -> dict[str, Any]:
        paths: dict[str, dict[str, Any]] = {}
        for route in self._routes:
            paths.setdefault(route.path, {})[route.method.lower()] = self._operation(route)
        only_parameters = {
            self._name(model, "validation")
            for route in self._routes
            for place, model in route.inputs.items()
            if place != "body"
        }
        schemas = {name: each for name, each in self._schemas.items() if name not in only_parameters}
        return {
            "openapi": "3.1.0",
            "info": {
                "title": "graphengine",
                "version": __version__,
                "description": "Runs, events, pictures and workflows. Errors have one form, `ErrorResponse`.",
                "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            },
            "servers": [{"url": "/"}],
            "security": [{"token": []}, {"session": []}],
            "paths": paths,
            "components": {
                "schemas": {**schemas, **_workflow_schemas()},
                "securitySchemes": {
                    "token": {"type": "http", "scheme": "bearer", "description": "the server's token"},
                    "session": {"type": "apiKey", "in": "cookie", "name": "graphengine_session"},
                },
            },
        }

    def _operation(self, route: Route) -> dict[str, Any]:
        found: dict[str, Any] = {
            "operationId": route.name,
            "tags": [route.tag],
            "summary": route.summary,
            "responses": self._responses(route),
        }
        if route.description:
            found["description"] = route.description
        parameters = [
            each
            for place, model in route.inputs.items()
            if place != "body"
            for each in self._parameters(place, model)
        ]
        if parameters:
            found["parameters"] = parameters
        if "body" in route.inputs:
            schema = {"$ref": self._ref(route.inputs["body"], "validation")}
            found["requestBody"] = {"required": True, "content": {JSON: {"schema": schema}}}
        elif route.consumes:
            found["requestBody"] = {"required": True, "content": _contents(route.consumes)}
        if route.open:
            found["security"] = []
        return found

    def _parameters(self, place: Place, model: type[BaseModel]) -> list[dict[str, Any]]:
        schema = self._schemas[self._name(model, "validation")]
        required = schema.get("required", ())
        found = []
        for name, each in schema.get("properties", {}).items():
            parameter = {
                "name": name,
                "in": _IN[place],
                "required": place == "path" or name in required,
                "schema": _without_null(each),
            }
            if "description" in each:
                parameter["description"] = each["description"]
            found.append(parameter)
        return found

    def _responses(self, route: Route) -> dict[str, Any]:
        found: dict[str, Any] = {}
        success: dict[str, Any] = {"description": HTTPStatus(route.status).phrase}
        content = self._content(route.answer)
        if content:
            success["content"] = content
        if route.headers:
            success["headers"] = {
                name: {"description": text, "schema": {"type": "string"}}
                for name, text in route.headers.items()
            }
        found[str(route.status)] = success
        for status, meaning in route.also.items():
            found[str(status)] = {"description": meaning}
            if content and status in (200, 201, 206, 503):
                found[str(status)]["content"] = content
        for status in route.errors:
            found.setdefault(
                str(status),
                {
                    "description": HTTPStatus(status).phrase,
                    "content": {JSON: {"schema": {"$ref": self._ref(ErrorResponse, "serialization")}}},
                },
            )
        return found

    def _content(self, answer: type[BaseModel] | tuple[Content, ...] | None) -> dict[str, Any]:
        if answer is None:
            return {}
        if isinstance(answer, tuple):
            return _contents(answer)
        return {JSON: {"schema": {"$ref": self._ref(answer, "serialization")}}}

    def _ref(self, model: type[BaseModel], mode: JsonSchemaMode) -> str:
        return str(self._refs[model, mode]["$ref"])

    def _name(self, model: type[BaseModel], mode: JsonSchemaMode) -> str:
        return self._ref(model, mode).rpartition("/")[2]


def _contents(contents: tuple[Content, ...]) -> dict[str, Any]:
    return {each.media_type: {"schema": dict(each.schema)} for each in contents}


def _without_null(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a parameter: one that may be left out isn't null, it isn't there."""
    found = {name: each for name, each in schema.items() if name not in ("title", "description")}
    choices = [each for each in found.get("anyOf", ()) if each != {"type": "null"}]
    if len(choices) == 1:
        del found["anyOf"]
        found = {**choices[0], **{name: each for name, each in found.items() if each is not None}}
    return {name: each for name, each in found.items() if not (name == "default" and each is None)}


def _workflow_schemas() -> dict[str, Any]:
    """The published schema of workflow documents, and what it refers to, as components."""
    published = {name: each for name, each in json_schema().items() if name not in ("$schema", "title")}
    inner = published.pop("$defs")
    text_of = {"Document": "Subgraph"}

    def moved(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: f"#/components/schemas/{_moved_name(each, text_of)}" if key == "$ref" else moved(each)
                for key, each in value.items()
            }
        return [moved(each) for each in value] if isinstance(value, list) else value

    return {
        WORKFLOW: moved(published),
        **{text_of.get(name, name): moved(each) for name, each in inner.items()},
    }


def _moved_name(ref: str, renamed: Mapping[str, str]) -> str:
    name = ref.rpartition("/")[2]
    return renamed.get(name, name)
