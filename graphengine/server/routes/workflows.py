"""Saved workflows: nothing is overwritten unseen, and every version stays."""

from __future__ import annotations

from aiohttp import web
from pydantic import BaseModel, Field, JsonValue

from graphengine.graph import dump, load
from graphengine.server.core.workflow_rows import Session
from graphengine.server.http.conditional import etag_of, is_current, not_modified
from graphengine.server.http.reply import JSON, Content, Reply
from graphengine.server.http.route import route
from graphengine.server.models import SavedWorkflow, WorkflowRecord
from graphengine.server.routes.paths import LARGEST, LONGEST_NAME, ByName, Cached, Taken
from graphengine.server.routes.sending import FILE_STATUSES
from graphengine.server.site import Site


class WorkflowList(BaseModel):
    """Saved workflows, or the versions of one."""

    workflows: list[WorkflowRecord]


class Version(Taken):
    """Which version."""

    version: int | None = Field(default=None, ge=0, le=LARGEST, description="else the newest")


class ReadVersion(Taken):
    """The version that was read last."""

    version: int = Field(ge=0, le=LARGEST, description="the version that you mean to delete: the newest")


class Save(Taken):
    """A new version of a workflow."""

    document: dict[str, JsonValue]
    version: int = Field(
        ge=0, le=LARGEST, description="the version that this one was made from; 0 for a new workflow"
    )
    session: str | None = Field(
        default=None,
        min_length=1,
        max_length=100,
        description="of editing: a version that it saved by itself is replaced by its next",
    )
    automatic: bool = Field(default=False, description="the session saves by itself, unasked")


class NewName(Taken):
    """Another name."""

    name: str = Field(min_length=1, max_length=LONGEST_NAME, description="that it is to have")
    version: int = Field(ge=0, le=LARGEST, description="the version that you read last: the newest")


class Copy(Taken):
    """A copy."""

    name: str = Field(min_length=1, max_length=LONGEST_NAME, description="of the copy")


async def list_workflows(site: Site) -> WorkflowList:
    """List the saved workflows, each in its newest version; version 0 came with the package."""
    return WorkflowList(workflows=await site.core.workflows.all())


async def read_workflow(site: Site, path: ByName, query: Version, headers: Cached) -> web.StreamResponse:
    """Read a saved workflow."""
    saved = await site.core.workflows.read(path.name, query.version)
    etag = etag_of(f"{saved.version}-{saved.digest[:32]}")
    if is_current(headers.if_none_match, etag):
        return not_modified(etag)
    return web.Response(body=saved.model_dump_json().encode(), content_type=JSON, headers={"ETag": etag})


async def save_workflow(site: Site, path: ByName, body: Save) -> SavedWorkflow:
    """Save a new version; 409 where another was saved since the one that it was made from.

    A draft that wouldn't run is saved too. Of what a session of editing saves by itself, only the last stays.
    """
    session = None if body.session is None else Session(body.session, body.automatic)
    return await site.core.workflows.save(path.name, body.document, body.version, session)


async def rename_workflow(site: Site, path: ByName, body: NewName) -> SavedWorkflow:
    """Rename a workflow with all versions; 409 where the name is taken, or a newer version was saved."""
    return await site.core.workflows.rename(path.name, body.name, body.version)


async def read_workflow_thumbnail(site: Site, path: ByName) -> web.StreamResponse:
    """A small picture of what a workflow of the package makes; those of others are told in their records."""
    file = await site.core.workflows.thumbnail(path.name)
    return web.FileResponse(file, headers={"Content-Type": WEBP, "Cache-Control": "no-cache"})


async def delete_workflow(site: Site, path: ByName, query: ReadVersion) -> None:
    """Delete a workflow with all versions; 409 where a newer one was saved, or it came with the package."""
    await site.core.workflows.delete(path.name, query.version)


async def list_versions(site: Site, path: ByName) -> WorkflowList:
    """List the versions of a workflow, the newest first."""
    return WorkflowList(workflows=await site.core.workflows.versions(path.name))


async def duplicate_workflow(site: Site, path: ByName, body: Copy) -> Reply[SavedWorkflow]:
    """Save the newest version under a new name; 409 where that exists."""
    saved = await site.core.workflows.duplicate(path.name, body.name)
    return Reply(saved)


async def export_workflow(site: Site, path: ByName, query: Version) -> web.StreamResponse:
    """Download the document as a file that reads well in a diff."""
    saved = await site.core.workflows.read(path.name, query.version)
    return web.Response(
        text=dump(load(saved.document)),
        content_type=JSON,
        headers={"Content-Disposition": 'attachment; filename="workflow.json"'},
    )


WEBP = "image/webp"
DOCUMENT = Content(JSON, {"$ref": "#/components/schemas/Workflow"})
ETAG = {"ETag": "changes with the version"}

ROUTES = (
    route("GET", "/api/workflows", list_workflows),
    route(
        "GET",
        "/api/workflows/{name}",
        read_workflow,
        answer=SavedWorkflow,
        errors=(422,),
        also={304: "it is the version that you have"},
        headers=ETAG,
    ),
    route("PUT", "/api/workflows/{name}", save_workflow, errors=(409, 507)),
    route("DELETE", "/api/workflows/{name}", delete_workflow, errors=(409, 422, 507)),
    route("POST", "/api/workflows/{name}/rename", rename_workflow, errors=(409, 507)),
    route(
        "GET",
        "/api/workflows/{name}/thumbnail",
        read_workflow_thumbnail,
        content=(Content(WEBP),),
        also=FILE_STATUSES,
    ),
    route("GET", "/api/workflows/{name}/versions", list_versions, errors=(422,)),
    route("POST", "/api/workflows/{name}/duplicate", duplicate_workflow, status=201, errors=(409, 422, 507)),
    route("GET", "/api/workflows/{name}/export", export_workflow, content=(DOCUMENT,), errors=(422,)),
)
