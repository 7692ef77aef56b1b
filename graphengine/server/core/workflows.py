"""Saved workflows with their versions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from graphengine.graph import Document, load
from graphengine.home import Home, packaged_workflows
from graphengine.nearest import did_you_mean
from graphengine.server.core.clock import moment
from graphengine.server.core.store import Store
from graphengine.server.core.submission import Source
from graphengine.server.core.transaction import Transaction
from graphengine.server.core.workflow_files import WorkflowFiles, check_name
from graphengine.server.core.written import written_document
from graphengine.server.errors import Conflict, NotFound
from graphengine.server.models import SavedWorkflow, WorkflowRecord

_NEWEST = """SELECT workflows.*, documents.digest, documents.json FROM workflows
    JOIN documents ON documents.id = workflows.document"""


class Workflows:
    """What people saved, kept in the store and as files in the home folder, and what came with the package.

    A file that was edited by hand counts as a new version. Unknown names raise `NotFound`, names that can't
    be file names `BadRequest`.
    """

    def __init__(self, store: Store, home: Home) -> None:
        self.home = home
        self._store = store
        self._files = WorkflowFiles(home.workflows)

    async def all(self) -> list[WorkflowRecord]:
        """The newest version of each, by name."""
        await self._take_in(self._files.changed())

        def ask(db: sqlite3.Connection) -> dict[str, WorkflowRecord]:
            rows = db.execute(f"{_NEWEST} ORDER BY name, version")
            return {row["name"]: _record(row) for row in rows}

        found = await self._store.read(ask)
        packaged = (_packaged(path.stem) for path in packaged_workflows() if path.stem not in found)
        records = [WorkflowRecord(**each.model_dump(exclude={"document"})) for each in packaged if each]
        return sorted([*found.values(), *records], key=lambda record: record.name)

    async def read(self, name: str, version: int | None = None) -> SavedWorkflow:
        """A workflow, the newest version if none is named."""
        if version is None:
            await self._take_in(self._files.changed(name))
        row = await self._store.read(lambda db: _row(db, name, version))
        if row is not None:
            return _saved(row)
        packaged = _packaged(name) if not version else None
        if packaged is None:
            raise _unknown(name, version, [record.name for record in await self.all()])
        return packaged

    async def versions(self, name: str) -> list[WorkflowRecord]:
        """All versions, the newest first."""
        newest = await self.read(name)
        if not newest.version:
            return [WorkflowRecord(**newest.model_dump(exclude={"document"}))]

        def ask(db: sqlite3.Connection) -> list[WorkflowRecord]:
            rows = db.execute(f"{_NEWEST} WHERE name = ? ORDER BY version DESC", (name,))
            return [_record(row) for row in rows]

        return await self._store.read(ask)

    async def save(self, name: str, document: Mapping[str, Any], expected: int) -> SavedWorkflow:
        """Save a new version; a draft that wouldn't run is saved too, as long as it is a document.

        expected: the version that it was made from; 0 for a new one. Raises `Conflict` where another was
        saved since, or a new one exists already; `InvalidWorkflow` for what is no document.
        """
        check_name(name)
        loaded = load(document)
        await self._take_in(self._files.changed(name))

        def job(transaction: Transaction) -> sqlite3.Row:
            _check_version(transaction.connection, name, expected)
            return _add_version(transaction, name, loaded)

        row = await self._store.write(job)
        self._files.write(name, loaded)
        return _saved(row)

    async def delete(self, name: str, expected: int) -> None:
        """Delete it with all versions; raises `Conflict` as `save`, and for one of the package."""
        if not (await self.read(name)).version:
            raise Conflict(f"workflow '{name}' came with graphengine and can't be deleted")

        def job(transaction: Transaction) -> None:
            _check_version(transaction.connection, name, expected)
            db = transaction.connection
            gone = db.execute("DELETE FROM workflows WHERE name = ? RETURNING document", (name,)).fetchall()
            for row in gone:
                transaction.forget_document(row["document"])

        await self._store.write(job)
        self._files.remove(name)

    async def duplicate(self, name: str, new_name: str) -> SavedWorkflow:
        """Save the newest version under a new name; raises `Conflict` where that exists."""
        return await self.save(new_name, (await self.read(name)).document, 0)

    async def source(self, workflow: str | Mapping[str, Any], version: int | None = None) -> Source:
        """The document of a request, which may name a saved workflow."""
        if not isinstance(workflow, str):
            return Source(workflow)
        saved = await self.read(workflow, version)
        return Source(saved.document, saved.name, saved.version or None)

    def finder(self, db: sqlite3.Connection) -> Callable[[str], Document | None]:
        """Finds the workflows that others use as nodes, in the database as it is now."""

        def find(name: str) -> Document | None:
            row = _row(db, name, None)
            if row is not None:
                return load(json.loads(row["json"]))
            packaged = _packaged(name)
            return None if packaged is None else load(packaged.document)

        return find

    async def _take_in(self, changed: Mapping[str, Document]) -> None:
        """Make versions of files that aren't as they were saved."""
        if not changed:
            return

        def job(transaction: Transaction) -> None:
            for name, document in changed.items():
                row = _row(transaction.connection, name, None)
                if row is None or row["digest"] != written_document(document)[0]:
                    _add_version(transaction, name, document)

        await self._store.write(job)


def _row(db: sqlite3.Connection, name: str, version: int | None) -> sqlite3.Row | None:
    chosen, values = ("", ()) if version is None else ("AND version = ?", (version,))
    query = f"{_NEWEST} WHERE name = ? {chosen} ORDER BY version DESC LIMIT 1"
    row: sqlite3.Row | None = db.execute(query, (name, *values)).fetchone()
    return row


def _check_version(db: sqlite3.Connection, name: str, expected: int) -> None:
    row = _row(db, name, None)
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


def _add_version(transaction: Transaction, name: str, document: Document) -> sqlite3.Row:
    db = transaction.connection
    version = db.execute(
        "INSERT INTO workflow_versions VALUES (?, 1)"
        " ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last",
        (name,),
    ).fetchone()[0]
    number = transaction.document(*written_document(document))
    parameters = json.dumps(list(document.parameters))
    db.execute(
        "INSERT INTO workflows (name, version, title, parameters, document, saved_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (name, version, document.name, parameters, number, transaction.now),
    )
    transaction.tell("workflow", None, {"name": name, "version": version})
    row: sqlite3.Row = _row(db, name, version)  # type: ignore[assignment]
    return row


def _record(row: sqlite3.Row) -> WorkflowRecord:
    return WorkflowRecord(
        name=row["name"],
        version=row["version"],
        title=row["title"],
        saved_at=moment(row["saved_at"]),
        parameters=json.loads(row["parameters"]),
        digest=row["digest"],
    )


def _saved(row: sqlite3.Row) -> SavedWorkflow:
    return SavedWorkflow(**_record(row).model_dump(), document=json.loads(row["json"]))


def _packaged(name: str) -> SavedWorkflow | None:
    path = next((path for path in packaged_workflows() if path.stem == name), None)
    if path is None:
        return None
    document = load(path)
    return SavedWorkflow(
        name=name,
        version=0,
        title=document.name,
        saved_at=None,
        parameters=list(document.parameters),
        digest=written_document(document)[0],
        document=document.to_dict(),
    )


def _unknown(name: str, version: int | None, known: list[str]) -> NotFound:
    if version is not None and name in known:
        return NotFound(f"version of workflow '{name}'", str(version))
    error = NotFound("saved workflow", name)
    error.hint = did_you_mean(name, known)
    return error
