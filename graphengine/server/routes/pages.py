"""The pages for browsers: the editor, and the interface to try; all from files on this disk."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from aiohttp import web
from pydantic import Field

from graphengine.server.errors import NotFound
from graphengine.server.http.reply import Content
from graphengine.server.http.route import route
from graphengine.server.routes.paths import ByName, Taken
from graphengine.server.site import Site

FOLDER = Path(__file__).parents[1] / "pages"
HTML = "text/html"
SVG = "image/svg+xml"
MEDIA_TYPES = {".html": HTML, ".css": "text/css", ".js": "text/javascript", ".svg": SVG}
OWN = ("page.css", "session.js", "docs.js")
SWAGGER_UI = ("swagger-ui.css", "swagger-ui-bundle.js")


class ByFile(Taken):
    """A file that pages need."""

    file: str = Field(max_length=100, pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]*$")


async def read_editor(site: Site) -> web.StreamResponse:
    """The editor; where it wasn't built, a page that leads to the interface."""
    built = editor_folder() / "index.html"
    return _page(built if built.is_file() else FOLDER / "index.html")


async def read_app(site: Site, path: ByName) -> web.StreamResponse:
    """A saved workflow as a form: the page of the editor, which reads the name from its address."""
    return await read_editor(site)


async def read_editor_file(site: Site, path: ByFile) -> web.StreamResponse:
    """What the editor needs: its files have other names when they have other contents."""
    file = editor_folder() / "assets" / path.file
    if not file.is_file() or file.suffix not in MEDIA_TYPES:
        raise NotFound("file", path.file)
    return _page(file, "public, max-age=31536000, immutable")


async def read_icon(site: Site) -> web.StreamResponse:
    """The icon of the page."""
    file = editor_folder() / "icon.svg"
    if not file.is_file():
        raise NotFound("file", file.name)
    return _page(file)


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


def editor_folder() -> Path:
    """Where the build puts the editor."""
    spec = find_spec("graphengine.web")
    if spec is None or spec.origin is None:
        raise NotFound("package", "graphengine.web")
    return Path(spec.origin).parent / "dist"


def _page(file: Path, kept: str = "no-cache") -> web.FileResponse:
    return web.FileResponse(
        file,
        headers={"Content-Type": f"{MEDIA_TYPES[file.suffix]}; charset=utf-8", "Cache-Control": kept},
    )


_FILES = tuple(Content(each) for each in MEDIA_TYPES.values())

ROUTES = (
    route("GET", "/", read_editor, content=(Content(HTML),), open=True),
    route("GET", "/app/{name}", read_app, content=(Content(HTML),), open=True),
    route("GET", "/assets/{file}", read_editor_file, content=_FILES, open=True),
    route("GET", "/icon.svg", read_icon, content=(Content(SVG),), errors=(404,), open=True),
    route("GET", "/api/docs", read_docs_page, content=(Content(HTML),), open=True),
    route("GET", "/pages/{file}", read_page_file, content=_FILES, open=True),
)
