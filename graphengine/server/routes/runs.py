"""Runs: submit, list, read, cancel, retry, change, delete."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, JsonValue

from graphengine.server.http.reply import Reply
from graphengine.server.http.route import route
from graphengine.server.models import (
    Batch,
    BatchRequest,
    EventPage,
    Run,
    RunChange,
    RunList,
    RunState,
    SubmitRequest,
)
from graphengine.server.routes.paths import LARGEST, ById, Idempotent, Taken
from graphengine.server.site import Site

PAGE = Field(default=50, ge=1, le=500, description="how many at most")


class RunQuery(Taken):
    """Which runs."""

    state: list[RunState] = Field(default=[], description="may be given again; all where none is")
    workflow: str | None = Field(default=None, description="the name of a saved workflow")
    batch: str | None = Field(default=None, description="the id of a batch")
    text: str | None = Field(default=None, description="part of the workflow's name or of any value")
    before: int | None = Field(default=None, ge=0, le=LARGEST, description="the `next` of the page before")
    limit: Annotated[int, PAGE] = 50


class EventQuery(Taken):
    """Which of a run's events."""

    since: int = Field(default=0, ge=0, le=LARGEST, description="only those with larger numbers")
    limit: int = Field(default=1000, ge=1, le=5000, description="how many at most")


class SubmittedDocument(BaseModel):
    """A workflow document, as JSON."""

    document: dict[str, JsonValue]


async def submit_run(site: Site, headers: Idempotent, body: SubmitRequest) -> Reply[Run]:
    """Accept a run.

    Once this is answered, the run outlives the server. A workflow that isn't sound is refused with 422 and
    all its `problems`. A key that was used for the same request is answered with 200 and that run.
    """
    run, is_new = await site.core.runs.submit(body, headers.key)
    if is_new:
        site.metrics.accepted.inc()
    return Reply(run, {"Location": f"/api/runs/{run.id}"}, 201 if is_new else 200)


async def submit_batch(site: Site, headers: Idempotent, body: BatchRequest) -> Batch:
    """Accept a run for each combination of values, or none."""
    batch = await site.core.runs.submit_batch(body, headers.key)
    site.metrics.accepted.inc(len(batch.runs))
    return batch


async def list_runs(site: Site, query: RunQuery) -> RunList:
    """List runs, the newest first."""
    return await site.core.runs.page(
        states=frozenset(query.state),
        workflow=query.workflow,
        batch=query.batch,
        text=query.text,
        before=query.before,
        limit=query.limit,
    )


async def read_run(site: Site, path: ById) -> Run:
    """Read a run: its state, with the time of each change, and its pictures."""
    return await site.core.runs.read(path.id)


async def read_run_document(site: Site, path: ById) -> SubmittedDocument:
    """Read the workflow that a run was submitted with, with the saved workflows that it uses in it."""
    return SubmittedDocument(document=await site.core.runs.document(path.id))


async def read_run_events(site: Site, path: ById, query: EventQuery) -> EventPage:
    """Read the stored events of a run."""
    await site.core.runs.read(path.id)
    return await site.core.events.since(query.since, path.id, query.limit)


async def cancel_run(site: Site, path: ById) -> Run:
    """Cancel a run: at once if it is queued, else it ends soon and `cancel_requested` says so."""
    return await site.core.runs.cancel(path.id)


async def retry_run(site: Site, path: ById) -> Reply[Run]:
    """Submit the same again as a new run; what was finished isn't made again."""
    run = await site.core.runs.retry(path.id)
    site.metrics.accepted.inc()
    return Reply(run, {"Location": f"/api/runs/{run.id}"})


async def change_run(site: Site, path: ById, body: RunChange) -> Run:
    """Give a queued run another priority or place in the queue."""
    return await site.core.queue.change(path.id, body)


async def delete_run(site: Site, path: ById) -> None:
    """Delete a run that has ended, with its pictures that no other run has made."""
    await site.core.runs.delete(path.id)


LOCATION = {"Location": "where the run can be read"}
SUBMISSION = (404, 409, 422, 503, 507)

ROUTES = (
    route(
        "POST",
        "/api/runs",
        submit_run,
        status=201,
        errors=SUBMISSION,
        also={200: "the run that the same request with this key was accepted as"},
        headers=LOCATION,
    ),
    route("GET", "/api/runs", list_runs),
    route("GET", "/api/runs/{id}", read_run),
    route("PATCH", "/api/runs/{id}", change_run, errors=(409, 507)),
    route("DELETE", "/api/runs/{id}", delete_run, errors=(409, 507)),
    route("GET", "/api/runs/{id}/document", read_run_document),
    route("GET", "/api/runs/{id}/events", read_run_events),
    route("POST", "/api/runs/{id}/cancel", cancel_run, errors=(409, 507)),
    route(
        "POST", "/api/runs/{id}/retry", retry_run, status=201, errors=(409, 422, 503, 507), headers=LOCATION
    ),
    route("POST", "/api/batches", submit_batch, status=201, errors=SUBMISSION),
)
