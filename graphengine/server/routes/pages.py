"""The pages for browsers: a start page, and the interface to try; all from files on this disk."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from aiohttp import web
from pydantic import Field

from graphengine.server.errors import NotFound
from graphengine.server.http.reply import Content
from graphengine.server.http.route import route
from graphengine.server.routes.paths import Taken
from graphengine.server.site import Site

FOLDER = Path(__file__).parents[1] / "pages"
HTML = "text/html"
MEDIA_TYPES = {".html": HTML, ".css": "text/css", ".js": "text/javascript"}
OWN = ("page.css", "session.js", "docs.js")
SWAGGER_UI = ("swagger-ui.css", "swagger-ui-bundle.js")


class ByFile(Taken):
    """A file that pages need."""

    file: str = Field(max_length=100)


async def read_start_page(site: Site) -> web.StreamResponse:
    """The start page."""
    return _page(FOLDER / "index.html")


async def read_docs_page(site: Site) -> web.StreamResponse:
    """The interface, to read and to try."""
    return _page(FOLDER / "docs.html")


async def read_page_file(site: Site, path: ByFile) -> web.StreamResponse:
    """What the pages need: scripts and styles, by name."""
    if path.file in OWN:
        return _page(FOLDER / path.file)
    if path.file in SWAGGER_UI:
        return _page(swagger_ui_folder() / path.file)
    raise NotFound("file", path.file)


def swagger_ui_folder() -> Path:
    """Where swagger-ui-py keeps Swagger UI's files; the package itself isn't imported."""
    spec = find_spec("swagger_ui")
    if spec is None or spec.origin is None:
        raise NotFound("package", "swagger-ui-py")
    return Path(spec.origin).parent / "static"


def _page(file: Path) -> web.FileResponse:
    return web.FileResponse(
        file,
        headers={"Content-Type": f"{MEDIA_TYPES[file.suffix]}; charset=utf-8", "Cache-Control": "no-cache"},
    )


_FILES = tuple(Content(each) for each in MEDIA_TYPES.values())

ROUTES = (
    route("GET", "/", read_start_page, content=(Content(HTML),), open=True),
    route("GET", "/api/docs", read_docs_page, content=(Content(HTML),), open=True),
    route("GET", "/pages/{file}", read_page_file, content=_FILES, open=True),
)
