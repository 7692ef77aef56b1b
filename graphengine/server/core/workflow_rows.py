"""Saved workflows as rows of the database, and those that came with the package as if they were."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from urllib.parse import quote

from graphengine.graph import Document, load
from graphengine.home import packaged_workflows, workflow_thumbnails
from graphengine.server.core.clock import moment
from graphengine.server.core.transaction import Transaction
from graphengine.server.core.version_retention import VersionFacts, superseded
from graphengine.server.core.written import written_document
from graphengine.server.errors import Conflict, NotFound
from graphengine.server.models import SavedWorkflow, WorkflowRecord

_FACTS = """workflows.*, documents.digest, length(CAST(documents.json AS BLOB)) AS size,
    (SELECT artifacts.id FROM runs JOIN artifacts ON artifacts.run = runs.sequence
     WHERE runs.workflow = workflows.name AND artifacts.deleted_at IS NULL
     ORDER BY runs.sequence DESC, artifacts.id DESC LIMIT 1) AS picture"""
_FROM = "FROM workflows JOIN documents ON documents.id = workflows.document"


@dataclass(frozen=True)
class Session:
    """Of editing one workflow. automatic: it is saved by itself, not because somebody asked for it."""

    id: str
    automatic: bool = False


def newest_of_each(db: sqlite3.Connection) -> dict[str, WorkflowRecord]:
    """The newest version of each, by name."""
    newest = "version = (SELECT max(version) FROM workflows AS others WHERE others.name = workflows.name)"
    rows = db.execute(f"SELECT {_FACTS} {_FROM} WHERE {newest} ORDER BY name")
    return {row["name"]: record_of(row) for row in rows}


def versions_of(db: sqlite3.Connection, name: str) -> list[WorkflowRecord]:
    """All versions, the newest first."""
    rows = db.execute(f"SELECT {_FACTS} {_FROM} WHERE name = ? ORDER BY version DESC", (name,))
    return [record_of(row) for row in rows]


def find(db: sqlite3.Connection, name: str, version: int | None = None) -> sqlite3.Row | None:
    """A version, the newest if none is named, with its `json`."""
    chosen, values = ("", ()) if version is None else ("AND version = ?", (version,))
    query = f"SELECT {_FACTS}, documents.json {_FROM} WHERE name = ? {chosen} ORDER BY version DESC LIMIT 1"
    row: sqlite3.Row | None = db.execute(query, (name, *values)).fetchone()
    return row


def check_version(db: sqlite3.Connection, name: str, expected: int) -> None:
    """Raise `Conflict` or `NotFound` unless this version is the newest; 0: there must be none."""
    row = find(db, name)
    version = 0 if row is None else int(row["version"])
    if version == expected:
        return
    if not version:
        raise NotFound("saved workflow", name)
    message = (
        f"there is a workflow '{name}' already"
        if not expected
        else f"workflow '{name}' was changed since: version {version} was saved after version {expected}"
    )
    raise Conflict(message, expected=f"version {version}", got=f"version {expected}")


def add_version(
    transaction: Transaction, name: str, document: Document, session: Session | None = None
) -> sqlite3.Row:
    """Add the next version; in place of the newest, if that one was saved by itself in the same session.

    What is saved by itself and no other than the newest adds none. What was saved by itself before goes once
    it is superseded.
    """
    db = transaction.connection
    newest = find(db, name)
    digest, text = written_document(document)
    if newest is not None and session is not None:
        if session.automatic and newest["digest"] == digest:
            return newest
        if newest["automatic"] and newest["session"] == session.id:
            _drop(transaction, name, newest["version"])
    version = _next_version(db, name)
    db.execute(
        "INSERT INTO workflows (name, version, title, parameters, document, saved_at, session, automatic)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            name,
            version,
            document.name,
            json.dumps(list(document.parameters)),
            transaction.document(digest, text),
            transaction.now,
            session and session.id,
            session is not None and session.automatic,
        ),
    )
    _drop_superseded(transaction, name)
    transaction.tell("workflow", None, {"name": name, "version": version})
    row: sqlite3.Row = find(db, name, version)  # type: ignore[assignment]
    return row


def rename(transaction: Transaction, name: str, new_name: str) -> sqlite3.Row:
    """Give all versions, and the runs of them, another name; their numbers go on from any it had before."""
    db = transaction.connection
    had = db.execute("SELECT last FROM workflow_versions WHERE name = ?", (new_name,)).fetchone()
    before = 0 if had is None else int(had[0])
    db.execute(
        "UPDATE workflows SET name = ?, version = version + ? WHERE name = ?", (new_name, before, name)
    )
    last = "SELECT ?, max(version) FROM workflows WHERE name = ?"
    db.execute(f"INSERT OR REPLACE INTO workflow_versions {last}", (new_name, new_name))
    db.execute("UPDATE runs SET workflow = ? WHERE workflow = ?", (new_name, name))
    row: sqlite3.Row = find(db, new_name)  # type: ignore[assignment]
    transaction.tell("workflow", None, {"name": new_name, "version": row["version"], "before": name})
    return row


def _drop_superseded(transaction: Transaction, name: str) -> None:
    db = transaction.connection
    rows = db.execute("SELECT version, saved_at, automatic FROM workflows WHERE name = ?", (name,))
    facts = [VersionFacts(version, moment(at), bool(automatic)) for version, at, automatic in rows]
    for version in superseded(facts, moment(transaction.now)):
        _drop(transaction, name, version)


def _drop(transaction: Transaction, name: str, version: int) -> None:
    gone = transaction.connection.execute(
        "DELETE FROM workflows WHERE name = ? AND version = ? RETURNING document", (name, version)
    ).fetchone()
    transaction.forget_document(gone[0])


def _next_version(db: sqlite3.Connection, name: str) -> int:
    counted = "INSERT INTO workflow_versions VALUES (?, 1) ON CONFLICT DO UPDATE SET last = last + 1"
    return int(db.execute(f"{counted} RETURNING last", (name,)).fetchone()[0])


def record_of(row: sqlite3.Row) -> WorkflowRecord:
    """What is told of a version."""
    picture = row["picture"]
    return WorkflowRecord(
        name=row["name"],
        version=row["version"],
        title=row["title"],
        saved_at=moment(row["saved_at"]),
        parameters=json.loads(row["parameters"]),
        digest=row["digest"],
        size=row["size"],
        automatic=bool(row["automatic"]),
        thumbnail=None if picture is None else f"/api/artifacts/{picture}/thumbnail",
    )


def saved_of(row: sqlite3.Row) -> SavedWorkflow:
    """A version with its document."""
    return SavedWorkflow(**record_of(row).model_dump(), document=json.loads(row["json"]))


def packaged(name: str) -> SavedWorkflow | None:
    """The workflow of that name that came with the package."""
    path = next((path for path in packaged_workflows() if path.stem == name), None)
    if path is None:
        return None
    document = load(path)
    digest, text = written_document(document)
    return SavedWorkflow(
        name=name,
        version=0,
        title=document.name,
        saved_at=None,
        parameters=list(document.parameters),
        digest=digest,
        size=len(text.encode()),
        automatic=False,
        thumbnail=f"/api/workflows/{quote(name)}/thumbnail" if name in workflow_thumbnails() else None,
        document=document.to_dict(),
    )
