"""Taking the next run from the queue, and what becomes of one that was under way."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphengine.server.core.artifact_rows import add_artifact, settle_artifacts
from graphengine.server.core.queue import next_in_queue
from graphengine.server.core.run_states import bring, row_of
from graphengine.server.core.transaction import Transaction
from graphengine.server.models import ErrorBody, RunState

MOST_INTERRUPTIONS = 2
"""A run that was cut off as often as this fails: it may be what takes everything down."""
_COUNTS = ("executed", "cached", "skipped", "seconds")


@dataclass(frozen=True)
class Claimed:
    """A run that is to begin; `job` is what the worker has to know."""

    id: str
    job: Mapping[str, Any]


@dataclass(frozen=True)
class Ended:
    """What became of a run; `queued` is for one that was cut off.

    events: what it told last. facts: how many nodes ran and so on.
    counts: whether it fails when that happens again; not if the server was stopped.
    """

    id: str
    state: RunState
    events: Sequence[Mapping[str, Any]] = ()
    artifacts: Sequence[Mapping[str, Any]] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    error: ErrorBody | None = None
    counts: bool = True


def claim(transaction: Transaction) -> Claimed | None:
    """Bring the run that is next to `running`; None if there is none, or the queue is paused."""
    id = next_in_queue(transaction.connection)
    if id is None:
        return None
    db = transaction.connection
    db.execute("UPDATE runs SET attempt = attempt + 1 WHERE id = ?", (id,))
    row = bring(transaction, id, "running")
    document = db.execute("SELECT json FROM documents WHERE id = ?", (row["document"],)).fetchone()[0]
    return Claimed(id, {"run": id, "document": json.loads(document), **json.loads(row["request"])})


def finish(transaction: Transaction, ended: Ended) -> None:
    """Store the end of a run, its last events and its artifacts, all at once."""
    tell_events(transaction, ended.id, ended.events)
    if ended.state == "queued":
        put_back(transaction, ended.id, counts=ended.counts)
        return
    error = None if ended.error is None else ended.error.model_dump()
    columns = {name: ended.facts.get(name) for name in _COUNTS}
    columns["error"] = None if error is None else json.dumps(error)
    row = bring(transaction, ended.id, ended.state, told={"error": error}, columns=columns)
    settle_artifacts(transaction, row, ended.artifacts)


def put_back(transaction: Transaction, id: str, *, counts: bool) -> None:
    """Queue a run that was cut off, at its old place; one that was cut off too often fails."""
    transaction.connection.execute(
        "UPDATE runs SET interruptions = interruptions + ? WHERE id = ?", (int(counts), id)
    )
    row = bring(transaction, id, "interrupted")
    if row["cancel_requested"]:
        bring(transaction, id, "cancelled")
    elif row["interruptions"] < MOST_INTERRUPTIONS:
        bring(transaction, id, "queued")
    else:
        error = ErrorBody(
            kind="interrupted",
            message="the server or its worker ended twice while this ran",
            hint="it may need more memory than there is; if not, try it again",
        )
        told = {"error": error.model_dump()}
        bring(transaction, id, "failed", told=told, columns={"error": error.model_dump_json()})


def take_up(transaction: Transaction) -> None:
    """Put back what an earlier server left running."""
    rows = transaction.connection.execute("SELECT id FROM runs WHERE state = 'running'").fetchall()
    for row in rows:
        put_back(transaction, row["id"], counts=True)


def tell_events(transaction: Transaction, id: str, events: Sequence[Mapping[str, Any]]) -> None:
    """Store what a run tells on its way; the pictures that it hands out are its artifacts from then on."""
    for facts in events:
        progress_of = facts["node"] if facts["event"] == "progress" else None
        if facts["event"] == "output" and "artifact" in facts:
            number = add_artifact(transaction, row_of(transaction.connection, id), facts["artifact"])
            facts = {**facts, "artifact": {"id": number, **facts["artifact"]}}
        transaction.tell(facts["event"], id, facts, progress_of)
