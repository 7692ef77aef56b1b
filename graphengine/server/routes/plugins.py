"""Looking for plugins, and what they draw in browsers: the modules of their widgets."""

from __future__ import annotations

from aiohttp import web
from pydantic import Field

from graphengine.server.errors import NotFound
from graphengine.server.http.reply import Content
from graphengine.server.http.route import route
from graphengine.server.models import PluginScan
from graphengine.server.routes.paths import Taken
from graphengine.server.routes.sending import FILE_STATUSES
from graphengine.server.site import Site

MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


class ByPluginFile(Taken):
    """A file of a plugin."""

    plugin: str = Field(min_length=1, max_length=200, description="the `name` of a plugin with widgets")
    file: str = Field(
        max_length=100,
        pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]*$",
        description="in the folder `web` of the plugin",
    )


async def read_plugin_file(site: Site, path: ByPluginFile) -> web.StreamResponse:
    """A module that draws widgets of an installed plugin, or what such a module needs.

    Nothing but scripts, styles and drawings that lie directly in the folder `web` of a plugin with nodes.
    """
    plugin = await site.core.nodes.plugin(path.plugin)
    file = plugin.folder / path.file
    if file.suffix not in MEDIA_TYPES or file.is_symlink() or not file.is_file():
        raise NotFound("file", path.file)
    kind = f"{MEDIA_TYPES[file.suffix]}; charset=utf-8"
    return web.FileResponse(file, headers={"Content-Type": kind, "Cache-Control": "no-cache"})


async def rescan_plugins(site: Site) -> PluginScan:
    """Look for plugins that are new, changed or gone, and read their nodes.

    The run under way goes on as it is; those after it have the new nodes. Followers of the events are told
    `nodes` if anything changed.
    """
    return await site.core.plugins.rescan()


ROUTES = (
    route("POST", "/api/plugins/rescan", rescan_plugins, errors=(503,)),
    route(
        "GET",
        "/api/plugins/{plugin}/web/{file}",
        read_plugin_file,
        content=tuple(Content(each) for each in MEDIA_TYPES.values()),
        errors=(503,),
        also=FILE_STATUSES,
    ),
)
