"""The node catalogue."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from pydantic import BaseModel, Field, JsonValue
from pydantic_core import to_json

from graphengine.server.errors import NotFound
from graphengine.server.http.conditional import etag_of, is_current, not_modified
from graphengine.server.http.reply import JSON
from graphengine.server.http.route import route
from graphengine.server.routes.paths import Cached, Taken
from graphengine.server.site import Site


class InputDescription(BaseModel):
    """An input: `types` names what a link may bring, `literal` is the JSON Schema of a value."""

    name: str
    type: str = Field(description="the types as people read them")
    types: list[str]
    required: bool
    default: JsonValue
    nullable: bool
    literal: dict[str, JsonValue] | None
    tooltip: str
    seed: bool
    choices: str | None
    lazy: bool
    many: str
    gets: dict[str, list[str]] | None
    gives: dict[str, list[str]] | None
    options: list[str] | None = Field(default=None, description="what a drop-down offers now")
    hint: str | None = Field(default=None, description="what to do where the wanted option is missing")


class OutputDescription(BaseModel):
    """An output."""

    name: str
    type: str
    types: list[str]
    supertypes: dict[str, list[str]]
    tooltip: str


class NodeDescription(BaseModel):
    """A node type, with what an editor needs to draw it and to check links."""

    type: str
    category: str
    description: str
    inputs: list[InputDescription]
    outputs: list[OutputDescription]
    output: bool
    version: str
    module: str
    attribute: str
    plugin: str
    deprecated: str | None
    fingerprinted: bool
    validated: bool
    code: str
    lane: str
    asynchronous: bool
    expands: bool
    turns: JsonValue
    variables: dict[str, list[str]]


class PluginDescription(BaseModel):
    """A plugin that draws widgets: each name in a literal's `widget` is that of a module in its folder."""

    name: str
    widgets: list[str]


class NodeCatalogue(BaseModel):
    """All node types, which plugins draw inputs of theirs, and why which plugin brings none."""

    nodes: list[NodeDescription]
    plugins: list[PluginDescription]
    problems: list[str]


class ByType(Taken):
    """A node type."""

    type: str = Field(min_length=1, max_length=200, description="of a node")


class CatalogueQuery(Taken):
    """How new."""

    refresh: bool = Field(default=False, description="look anew for what drop-downs offer, such as files")


async def list_nodes(site: Site, headers: Cached, query: CatalogueQuery) -> web.StreamResponse:
    """List the node types, with what drop-downs offer; 304 while nothing has changed."""
    if query.refresh:
        await site.core.nodes.refresh()
    etag = etag_of(await site.core.nodes.digest())
    if is_current(headers.if_none_match, etag):
        return not_modified(etag)
    found: dict[str, Any] = {
        "nodes": await site.core.nodes.described(),
        "plugins": [
            {"name": each.name, "widgets": list(each.widgets)} for each in await site.core.nodes.plugins()
        ],
        "problems": await site.core.nodes.problems(),
    }
    return web.Response(body=to_json(found), content_type=JSON, headers={"ETag": etag})


async def read_node(site: Site, path: ByType) -> NodeDescription:
    """Read one node type."""
    for each in await site.core.nodes.described():
        if each["type"] == path.type:
            return NodeDescription.model_validate(each)
    raise NotFound("node type", path.type)


ROUTES = (
    route(
        "GET",
        "/api/nodes",
        list_nodes,
        answer=NodeCatalogue,
        errors=(503,),
        also={304: "nothing has changed"},
        headers={"ETag": "changes with the answer"},
    ),
    route("GET", "/api/nodes/{type}", read_node, errors=(503,)),
)
