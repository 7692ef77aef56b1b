"""Documents: check, explain and import them; nothing runs, and nothing is kept."""

from __future__ import annotations

import asyncio

from aiohttp import web
from pydantic import BaseModel, JsonValue

from graphengine.graph import json_schema, load
from graphengine.server.files.pictures import provenance_in
from graphengine.server.http.json_body import read_json
from graphengine.server.http.refusals import Malformed, WrongMediaType
from graphengine.server.http.reply import JSON, Content
from graphengine.server.http.route import route
from graphengine.server.models import NodeExplanation, ProblemList, SubmitRequest
from graphengine.server.site import Site

PNG = "image/png"


class Explanations(BaseModel):
    """What would become of each node, in the order in which they would run."""

    nodes: list[NodeExplanation]


class Imported(BaseModel):
    """A workflow in today's format; of a picture also how it was made."""

    document: dict[str, JsonValue]
    parameters: dict[str, JsonValue] = {}
    seed: int | None = None
    versions: dict[str, str] = {}
    models: dict[str, str] = {}


async def validate_workflow(site: Site, body: SubmitRequest) -> ProblemList:
    """Tell all that is wrong with what would be submitted."""
    return await site.core.runs.validate(body)


async def explain_workflow(site: Site, body: SubmitRequest) -> Explanations:
    """Tell for each node whether it is cached, or why it would run."""
    return Explanations(nodes=await site.core.runs.explain(body))


async def import_workflow(site: Site, request: web.Request) -> Imported:
    """Read a workflow from a document of any version, or from a picture; save it with PUT."""
    data = await request.read()
    if request.content_type == PNG:
        record = await asyncio.to_thread(provenance_in, data, site.settings.max_pixels)
        document = load(record.document).to_dict()
        models = {each.name: each.sha256 for each in record.models}
        return Imported(
            document=document,
            parameters=dict(record.parameters),
            seed=record.seed,
            versions=dict(record.versions),
            models=models,
        )
    if request.content_type != JSON:
        raise WrongMediaType(f"{JSON} or {PNG}", request.headers.get("Content-Type", ""))
    value = read_json(data)
    if not isinstance(value, dict):
        raise Malformed("expected a workflow document: a JSON object")
    return Imported(document=load(value).to_dict())


async def read_schema(site: Site) -> web.StreamResponse:
    """The JSON Schema of workflow documents."""
    return web.json_response(json_schema())


ROUTES = (
    route("POST", "/api/validate", validate_workflow, errors=(404, 503)),
    route("POST", "/api/explain", explain_workflow, errors=(404, 503)),
    route(
        "POST",
        "/api/import",
        import_workflow,
        consumes=(Content(JSON, {"$ref": "#/components/schemas/Workflow"}), Content(PNG)),
    ),
    route("GET", "/api/schema", read_schema, content=(Content(JSON, {"type": "object"}),)),
)
