"""What handlers give back, and the kinds of content that aren't JSON of a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from aiohttp import web
from pydantic import BaseModel

Model = TypeVar("Model", bound=BaseModel)
JSON = "application/json"


@dataclass(frozen=True)
class Reply(Generic[Model]):
    """A model with headers, and with a status where it isn't the route's own."""

    model: Model
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int | None = None


@dataclass(frozen=True)
class Content:
    """A kind of content, for OpenAPI; bytes unless a schema says otherwise."""

    media_type: str
    schema: Mapping[str, Any] = field(default_factory=dict)


def json_response(
    model: BaseModel, status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    """The model as JSON."""
    body = model.model_dump_json(by_alias=True).encode()
    return web.Response(body=body, status=status, headers=headers, content_type=JSON)
