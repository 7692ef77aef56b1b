"""Putting submissions into the queue, as jobs of the store's writer."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from graphengine.server.core.submission import Submission
from graphengine.server.core.transaction import Transaction
from graphengine.server.errors import Conflict, QueueFull


@dataclass(frozen=True)
class Entry:
    """How submissions enter the queue. digest: of the request, to know it again under its key."""

    priority: int
    digest: str
    key: str | None = None
    batch: str | None = None
    retry_of: str | None = None


def add_runs(
    transaction: Transaction, submissions: Sequence[Submission], entry: Entry, most_queued: int
) -> list[sqlite3.Row]:
    """Put them at the end of their priority; raises `QueueFull`."""
    db = transaction.connection
    waiting = int(db.execute("SELECT number FROM counts WHERE state = 'queued'").fetchone()[0])
    if waiting + len(submissions) > most_queued:
        raise QueueFull(
            f"the queue is full: {waiting:,} runs wait, and at most {most_queued:,} may",
            kind="queue_full",
            expected=f"at most {most_queued:,} queued runs",
            got=f"{waiting + len(submissions):,}",
            hint="try again once some have run",
        )
    return [
        _add(transaction, each, entry, entry.key if number == 0 else None)
        for number, each in enumerate(submissions)
    ]


def known_by_key(db: sqlite3.Connection, entry: Entry) -> list[sqlite3.Row]:
    """The run or batch that was submitted under this key before; raises `Conflict` if it was another."""
    if entry.key is None:
        return []
    rows = db.execute("SELECT * FROM runs WHERE idempotency_key = ?", (entry.key,)).fetchall()
    if rows and rows[0]["request_digest"] != entry.digest:
        raise Conflict(
            f"the idempotency key '{entry.key}' was used for another request, which is run '{rows[0]['id']}'",
            expected="the same request, or a new key",
        )
    if rows and rows[0]["batch"] is not None:
        query = "SELECT * FROM runs WHERE batch = ? ORDER BY sequence"
        return db.execute(query, (rows[0]["batch"],)).fetchall()
    return rows


def _add(transaction: Transaction, run: Submission, entry: Entry, key: str | None) -> sqlite3.Row:
    db = transaction.connection
    document = transaction.document(run.digest, run.document)
    id = secrets.token_hex(10)
    row: sqlite3.Row = db.execute(
        "INSERT INTO runs (id, state, transitions, name, workflow, workflow_version, document, request,"
        " parameter_values, text, priority, place, batch, retry_of, idempotency_key, request_digest)"
        " VALUES (?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?,"
        " (SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'runs'), ?, ?, ?, ?)"
        " RETURNING *",
        (
            id,
            json.dumps([["queued", transaction.now]]),
            run.name,
            run.workflow,
            run.workflow_version,
            document,
            run.request,
            run.values,
            run.text,
            entry.priority,
            entry.batch,
            entry.retry_of,
            key,
            entry.digest,
        ),
    ).fetchone()
    transaction.tell("state", id, {"state": "queued", "attempt": 0, "name": run.name})
    return row
