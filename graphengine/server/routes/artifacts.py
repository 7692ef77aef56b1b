"""Pictures that runs made: a gallery to search, the files, and archives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from aiohttp import web
from pydantic import AwareDatetime, BaseModel, Field

from graphengine.graph import dump, load
from graphengine.server.core.artifacts import GalleryQuery
from graphengine.server.files.archive import Entry, zipped
from graphengine.server.http.refusals import Malformed, shorten
from graphengine.server.http.reply import Content
from graphengine.server.http.route import route
from graphengine.server.models import ArtifactRecord, Run
from graphengine.server.routes.paths import LARGEST, ById, ByNumber, Taken
from graphengine.server.routes.sending import FILE_STATUSES, ThumbnailQuery, send_file
from graphengine.server.site import Site

PNG = "image/png"


class Gallery(BaseModel):
    """A page of pictures, the newest first; `next` continues it, null at the end."""

    artifacts: list[ArtifactRecord]
    next: int | None


class GalleryFilter(Taken):
    """Which pictures."""

    since: AwareDatetime | None = Field(default=None, description="made at this time or later")
    until: AwareDatetime | None = Field(default=None, description="made before this time")
    workflow: str | None = Field(default=None, description="the name of a saved workflow")
    run: str | None = Field(default=None, description="the id of a run")
    parameter: list[str] = Field(
        default=[], description="`name=value` of a named parameter, the value in JSON or plain text"
    )
    text: str | None = Field(
        default=None, description="part of the workflow's name or of any value: a prompt"
    )
    before: int | None = Field(default=None, ge=0, le=LARGEST, description="the `next` of the page before")
    limit: int = Field(default=50, ge=1, le=500, description="how many at most")


class Download(Taken):
    """How to send it."""

    download: bool = Field(default=False, description="as a file to save")


async def list_artifacts(site: Site, query: GalleryFilter) -> Gallery:
    """Search the pictures by date, workflow, parameter, and text in the prompt."""
    found = await site.core.artifacts.gallery(
        GalleryQuery(
            since=query.since,
            until=query.until,
            workflow=query.workflow,
            run=query.run,
            values=dict(_parameter(each) for each in query.parameter),
            text=query.text,
            before=query.before,
            limit=query.limit,
        )
    )
    return Gallery(artifacts=found, next=found[-1].id if len(found) == query.limit else None)


def _parameter(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise Malformed(f"query 'parameter': expected name=value, got '{shorten(text)}'")
    try:
        return name, json.loads(value)
    except (ValueError, RecursionError):
        return name, value


async def read_artifact(site: Site, path: ByNumber) -> ArtifactRecord:
    """Read what is known of a picture."""
    return await site.core.artifacts.read(path.id)


async def read_artifact_file(site: Site, path: ByNumber, query: Download) -> web.StreamResponse:
    """Download a picture, with the workflow in it."""
    record = await site.core.artifacts.read(path.id)
    name = _file_name(record) if query.download else None
    return send_file(site.core.artifacts.file_of(record), record.media_type, name)


async def read_artifact_thumbnail(site: Site, path: ByNumber, query: ThumbnailQuery) -> web.StreamResponse:
    """A small copy of a picture."""
    record = await site.core.artifacts.read(path.id)
    file = site.core.artifacts.file_of(record)
    return send_file(await site.thumbnails.of(file, record.sha256, query.size), "image/webp")


async def delete_artifact(site: Site, path: ByNumber) -> None:
    """Delete a picture; its run stays, and says that it was deleted."""
    await site.core.artifacts.delete(path.id)


async def download_run(site: Site, request: web.Request, path: ById) -> web.StreamResponse:
    """Download a run as a zip: the pictures that are left, its workflow, and what is known of it."""
    run = await site.core.runs.read(path.id)
    entries = list(_entries(site, run, dump(load(await site.core.runs.document(path.id)))))
    response = web.StreamResponse(
        headers={
            "Content-Type": "application/zip",
            "Content-Disposition": f'attachment; filename="{run.id}.zip"',
        }
    )
    await response.prepare(request)
    async for chunk in zipped(entries):
        await response.write(chunk)
    await response.write_eof()
    return response


def _entries(site: Site, run: Run, document: str) -> Iterator[Entry]:
    at = run.transitions[-1].at if run.transitions else datetime.fromtimestamp(0)
    yield Entry("workflow.json", at, document.encode())
    yield Entry("run.json", at, run.model_dump_json(indent=2).encode())
    for record in run.artifacts:
        if record.deleted_at is not None:
            continue
        yield Entry(_file_name(record), record.created_at, site.core.artifacts.file_of(record))


def _file_name(record: ArtifactRecord) -> str:
    """Of digits only and its suffix, whatever the workflow is called."""
    seed = "" if record.seed is None else f"-seed{record.seed}"
    return f"{record.id:06d}{seed}.{record.media_type.rpartition('/')[2]}"


ROUTES = (
    route("GET", "/api/artifacts", list_artifacts),
    route("GET", "/api/artifacts/{id}", read_artifact),
    route("DELETE", "/api/artifacts/{id}", delete_artifact, errors=(410, 507)),
    route(
        "GET",
        "/api/artifacts/{id}/file",
        read_artifact_file,
        content=(Content(PNG),),
        errors=(410,),
        also=FILE_STATUSES,
    ),
    route(
        "GET",
        "/api/artifacts/{id}/thumbnail",
        read_artifact_thumbnail,
        content=(Content("image/webp"),),
        errors=(410, 413, 422),
        also=FILE_STATUSES,
    ),
    route("GET", "/api/runs/{id}/archive", download_run, content=(Content("application/zip"),)),
)
