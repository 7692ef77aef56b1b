"""The pictures that come with the workflows."""

from __future__ import annotations

from aiohttp import web
from pydantic import BaseModel, Field

from graphengine.home import example_pictures
from graphengine.server.errors import NotFound
from graphengine.server.http.reply import Content
from graphengine.server.http.route import route
from graphengine.server.routes.paths import Taken
from graphengine.server.routes.sending import FILE_STATUSES
from graphengine.server.site import Site

PNG = "image/png"


class ExampleList(BaseModel):
    """Their names, which workflows give to `load_image`."""

    examples: list[str]


class ByExample(Taken):
    """An example."""

    name: str = Field(min_length=1, max_length=200, description="one of the `examples`")


async def list_examples(site: Site) -> ExampleList:
    """List the pictures that come with the workflows."""
    return ExampleList(examples=list(example_pictures()))


async def read_example(site: Site, path: ByExample) -> web.StreamResponse:
    """Download an example."""
    file = example_pictures().get(path.name)
    if file is None:
        raise NotFound("example", path.name)
    return web.FileResponse(file, headers={"Content-Type": PNG, "Cache-Control": "no-cache"})


ROUTES = (
    route("GET", "/api/examples", list_examples),
    route("GET", "/api/examples/{name}", read_example, content=(Content(PNG),), also=FILE_STATUSES),
)
