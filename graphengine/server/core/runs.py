"""Runs as a resource."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import json
import secrets
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from graphengine.errors import InvalidWorkflow
from graphengine.server.core.adding_runs import Entry, add_runs, known_by_key
from graphengine.server.core.artifact_files import ArtifactFiles
from graphengine.server.core.nodes import Nodes
from graphengine.server.core.run_rows import run_of, runs_of
from graphengine.server.core.run_states import bring, row_of
from graphengine.server.core.settings import CoreSettings
from graphengine.server.core.small_documents import is_small, no_saved_workflow
from graphengine.server.core.store import Store
from graphengine.server.core.submission import Preparation, Source, Submission
from graphengine.server.core.transaction import Transaction
from graphengine.server.core.where import Where
from graphengine.server.core.worker_keeper import WorkerKeeper
from graphengine.server.core.workflows import Workflows
from graphengine.server.errors import BadRequest, Conflict, Unavailable
from graphengine.server.models import (
    ENDED,
    Batch,
    BatchRequest,
    ErrorBody,
    NodeExplanation,
    ProblemList,
    Run,
    RunList,
    RunState,
    SubmitRequest,
)

CHECK_SECONDS = 2.0
"""How long nodes may take to check their inputs; a worker that is at work answers between two steps."""


class Runs:
    """Submits, lists, reads, cancels, retries and deletes runs; unknown ids raise `NotFound`.

    wake: called when there is something new to do. cancel: called with a running run that is to be cancelled.
    """

    def __init__(
        self,
        store: Store,
        nodes: Nodes,
        workflows: Workflows,
        files: ArtifactFiles,
        worker: WorkerKeeper,
        settings: CoreSettings,
        wake: Callable[[], None],
        cancel: Callable[[str], None],
    ) -> None:
        self._store = store
        self._nodes = nodes
        self._workflows = workflows
        self._files = files
        self._worker = worker
        self._settings = settings
        self._wake = wake
        self._cancel = cancel

    async def submit(self, request: SubmitRequest, idempotency_key: str | None = None) -> tuple[Run, bool]:
        """Accept a run, durably; the second is False where that key had been used for the same request.

        Raises `InvalidWorkflow` with every problem, `NotFound` for an unknown saved workflow, `QueueFull`,
        `Conflict` for a key that was used for another request, `StorageFull`, `Unavailable`.
        """
        entry = Entry(request.priority, _digest(request), idempotency_key)
        known = await self._known(entry)
        if known:
            return known[0], False
        runs, new = await self._add(await self._prepared([request]), entry)
        return runs[0], new

    async def submit_batch(self, request: BatchRequest, idempotency_key: str | None = None) -> Batch:
        """Accept a run per combination of values, all or none. Raises as `submit`."""
        points = _points(request, self._settings.max_queued)
        entry = Entry(request.priority, _digest(request), idempotency_key, secrets.token_hex(10))
        runs = await self._known(entry)
        if not runs:
            runs, _ = await self._add(await self._prepared(points), entry)
        return Batch(id=runs[0].batch or "", runs=runs)

    async def validate(self, request: SubmitRequest) -> ProblemList:
        """All that is wrong with what would be submitted; nothing is stored."""
        try:
            [found] = await self._prepared([request])
        except InvalidWorkflow as error:
            problems = [ErrorBody.of(each) for each in error.problems]
            return ProblemList(valid=False, nodes=0, problems=problems)
        problems = await self._asked(found) if found.asks else []
        return ProblemList(valid=not problems, nodes=found.nodes, problems=problems)

    async def _asked(self, found: Submission) -> list[ErrorBody]:
        """What its nodes find; nothing where no worker, which alone may import them, answers soon."""
        asking = self._worker.ask("check", job=_job(found))
        try:
            return [ErrorBody(**each) for each in await asyncio.wait_for(asking, CHECK_SECONDS)]
        except (Unavailable, TimeoutError):
            return []

    async def explain(self, request: SubmitRequest) -> list[NodeExplanation]:
        """For each node whether it is cached, or why it would run. Raises as `submit`; `Unavailable`."""
        [found] = await self._prepared([request])
        told = await self._worker.ask_once_up("explain", job=_job(found))
        return [NodeExplanation(**each) for each in told]

    async def page(
        self,
        *,
        states: frozenset[RunState] = frozenset(),
        workflow: str | None = None,
        batch: str | None = None,
        text: str | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> RunList:
        """The newest first. before: the `next` of the page before. text: in the name or in any value.

        states: those wanted; empty for all. limit: 1 to 500.
        """
        where = Where()
        if states:
            where.add(f"state IN ({', '.join('?' * len(states))})", *sorted(states))
        if workflow is not None:
            where.add("workflow = ?", workflow)
        if batch is not None:
            where.add("batch = ?", batch)
        if text:
            where.contains("text", text)
        if before is not None:
            where.add("sequence < ?", before)

        def ask(db: sqlite3.Connection) -> list[Run]:
            rows = db.execute(
                f"SELECT * FROM runs {where} ORDER BY sequence DESC LIMIT ?", (*where.values, limit)
            )
            return runs_of(db, rows)

        found = await self._store.read(ask)
        return RunList(runs=found, next=found[-1].sequence if len(found) == limit else None)

    async def read(self, id: str) -> Run:
        """The run as it is now."""
        return await self._store.read(lambda db: runs_of(db, [row_of(db, id)])[0])

    async def document(self, id: str) -> dict[str, Any]:
        """The document that was submitted, with the saved workflows that it uses in it."""

        def ask(db: sqlite3.Connection) -> str:
            number = row_of(db, id)["document"]
            return str(db.execute("SELECT json FROM documents WHERE id = ?", (number,)).fetchone()[0])

        found: dict[str, Any] = json.loads(await self._store.read(ask))
        return found

    async def cancel(self, id: str) -> Run:
        """Cancel: at once if it is queued; if it runs it ends soon, and `cancel_requested` says so.

        Raises `Conflict` for a run that has ended.
        """

        def job(transaction: Transaction) -> Run:
            row = row_of(transaction.connection, id)
            if row["state"] == "running":
                marked = transaction.connection.execute(
                    "UPDATE runs SET cancel_requested = 1 WHERE id = ? RETURNING *", (id,)
                ).fetchone()
                return run_of(marked)
            return run_of(bring(transaction, id, "cancelled", columns={"cancel_requested": 1}))

        run = await self._store.write(job)
        if run.state == "running":
            self._cancel(id)
        return run

    async def retry(self, id: str) -> Run:
        """Submit the same again as a new run. Raises `Conflict` unless it has failed or was cancelled."""
        row = await self._store.read(lambda db: row_of(db, id))
        if row["state"] not in ("failed", "cancelled"):
            raise Conflict(
                f"run '{id}' is {row['state']}, and so can't be tried again",
                expected="a run that has failed or was cancelled",
                got=f"one that is {row['state']}",
            )
        document = await self.document(id)
        request = SubmitRequest(workflow=document, priority=row["priority"], **json.loads(row["request"]))
        source = Source(document, row["workflow"], row["workflow_version"])
        entry = Entry(row["priority"], row["request_digest"], retry_of=id)
        runs, _ = await self._add(await self._prepared([request], source), entry)
        return runs[0]

    async def delete(self, id: str) -> None:
        """Forget a run that has ended, and its pictures that no other run has. Raises `Conflict`."""

        def job(transaction: Transaction) -> set[str]:
            db = transaction.connection
            row = row_of(db, id)
            if row["state"] not in ENDED:
                raise Conflict(
                    f"run '{id}' is {row['state']}; cancel it before you delete it",
                    expected="a run that has ended",
                    got=f"one that is {row['state']}",
                )
            files = db.execute("SELECT sha256 FROM artifacts WHERE run = ?", (row["sequence"],)).fetchall()
            db.execute("DELETE FROM events WHERE run = ?", (id,))
            db.execute("DELETE FROM runs WHERE id = ?", (id,))
            transaction.forget_document(row["document"])
            transaction.tell("deleted", id, {})
            return {each[0] for each in files}

        self._files.doom(await self._store.write(job))
        self._wake()

    async def _prepared(
        self, requests: Sequence[SubmitRequest], source: Source | None = None
    ) -> list[Submission]:
        """The requests, which are of one workflow, checked; once more if a drop-down may have changed."""
        source = source or await self._workflows.source(requests[0])
        catalogue = await self._nodes.catalogue()

        def prepare(db: sqlite3.Connection | None = None) -> list[Submission]:
            saved = self._workflows.finder(db) if db is not None else no_saved_workflow
            preparation = Preparation(catalogue, self._workflows.home, saved, self._settings.max_nodes)
            document = preparation.document(source)
            return [preparation.submission(source, document, request) for request in requests]

        try:
            if len(requests) == 1 and is_small(source.document):
                return prepare()
            return await self._store.read(prepare)
        except InvalidWorkflow as error:
            if not any(problem.kind == "not_a_choice" for problem in error.problems):
                raise
        await self._nodes.refresh()
        return await self._store.read(prepare)

    async def _known(self, entry: Entry) -> list[Run]:
        """What was submitted under this key before: answered so, whatever has changed since."""
        if entry.key is None:
            return []
        return await self._store.read(lambda db: runs_of(db, known_by_key(db, entry)))

    async def _add(self, submissions: Sequence[Submission], entry: Entry) -> tuple[list[Run], bool]:
        most = self._settings.max_queued

        def job(transaction: Transaction) -> tuple[list[sqlite3.Row], bool]:
            known = known_by_key(transaction.connection, entry)  # the same may have come twice at once
            return (known, False) if known else (add_runs(transaction, submissions, entry, most), True)

        rows, new = await self._store.write(job)
        self._wake()
        return [run_of(row) for row in rows], new


def _job(found: Submission) -> dict[str, Any]:
    """As the worker takes it."""
    return {"document": json.loads(found.document), **json.loads(found.request)}


def _digest(request: SubmitRequest) -> str:
    return hashlib.sha256(repr(request.model_dump()).encode("utf-8", "surrogatepass")).hexdigest()


def _points(request: BatchRequest, most: int) -> list[SubmitRequest]:
    """A request per combination; the last axis varies fastest."""
    count = 1
    for values in request.axes.values():
        count *= len(values)
    if not 0 < count <= most:
        raise BadRequest(
            f"expected axes with 1 to {most:,} combinations of values, got {count:,}",
            expected=f"1 to {most:,} combinations",
            got=f"{count:,}",
        )
    plain = request.model_dump(exclude={"axes"})
    points = []
    for point in itertools.product(*request.axes.values()):
        chosen = dict(zip(request.axes, point, strict=True))
        settings = {place: value for place, value in chosen.items() if "." in place}
        parameters = {name: value for name, value in chosen.items() if "." not in name}
        points.append(
            SubmitRequest.model_validate(
                {
                    **plain,
                    "parameters": {**request.parameters, **parameters},
                    "settings": {**request.settings, **settings},
                }
            )
        )
    return points
