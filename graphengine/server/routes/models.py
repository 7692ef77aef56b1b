"""Model files, and the pictures that lie beside them."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

from aiohttp import web
from pydantic import BaseModel, Field

from graphengine.home import Home, preview_of
from graphengine.server.errors import NotFound
from graphengine.server.http.reply import Content
from graphengine.server.http.route import route
from graphengine.server.models import ModelRecord
from graphengine.server.routes.paths import Taken
from graphengine.server.routes.sending import FILE_STATUSES
from graphengine.server.site import Site

WEBP = "image/webp"


class ModelList(BaseModel):
    """The model files there are."""

    models: list[ModelRecord]


class PreviewQuery(Taken):
    """A model, and how large its picture shall be."""

    kind: str = Field(min_length=1, max_length=50, description="of the model")
    name: str = Field(min_length=1, max_length=400, description="of the model")
    size: int = Field(default=256, ge=16, le=1024, description="pixels of the longer side")


async def list_models(site: Site) -> ModelList:
    """List the model files that workflows can name."""
    return ModelList(models=await site.core.models())


async def read_model_preview(site: Site, query: PreviewQuery) -> web.StreamResponse:
    """A small copy of the picture that lies beside a model file."""
    picture, digest = await asyncio.to_thread(_preview, site.core.home, query.kind, query.name)
    small = await site.thumbnails.of(picture, digest, query.size)
    return web.FileResponse(small, headers={"Content-Type": WEBP, "Cache-Control": "no-cache"})


def _preview(home: Home, kind: str, name: str) -> tuple[Path, str]:
    """The picture, and what its thumbnails are kept under until it changes."""
    model = home.model_files(kind).get(name) if kind in home.model_kinds() else None
    picture = preview_of(model) if model else None
    if picture is None:
        raise NotFound("model with a picture", name)
    stamp = picture.stat()
    content = f"{picture} {stamp.st_mtime_ns} {stamp.st_size}".encode("utf-8", "surrogateescape")
    return picture, hashlib.sha256(content).hexdigest()


ROUTES = (
    route("GET", "/api/models", list_models, errors=(503,)),
    route(
        "GET",
        "/api/models/preview",
        read_model_preview,
        content=(Content(WEBP),),
        errors=(404, 413, 422),
        also=FILE_STATUSES,
    ),
)
