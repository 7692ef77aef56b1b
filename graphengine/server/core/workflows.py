"""Saved workflows with their versions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from graphengine.graph import Document, load
from graphengine.home import Home, packaged_workflows, workflow_thumbnails
from graphengine.nearest import did_you_mean
from graphengine.server.core.store import Store
from graphengine.server.core.submission import Source
from graphengine.server.core.transaction import Transaction
from graphengine.server.core.workflow_files import WorkflowFiles, check_name
from graphengine.server.core.workflow_rows import (
    Session,
    add_version,
    check_version,
    find,
    newest_of_each,
    packaged,
    rename,
    saved_of,
    versions_of,
)
from graphengine.server.core.written import written_document
from graphengine.server.errors import Conflict, NotFound
from graphengine.server.models import SavedWorkflow, SubmitRequest, WorkflowRecord


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
        found = await self._store.read(newest_of_each)
        others = (packaged(path.stem) for path in packaged_workflows() if path.stem not in found)
        records = [WorkflowRecord(**each.model_dump(exclude={"document"})) for each in others if each]
        return sorted([*found.values(), *records], key=lambda record: record.name)

    async def read(self, name: str, version: int | None = None) -> SavedWorkflow:
        """A workflow, the newest version if none is named."""
        if version is None:
            await self._take_in(self._files.changed(name))
        row = await self._store.read(lambda db: find(db, name, version))
        if row is not None:
            return saved_of(row)
        found = packaged(name) if not version else None
        if found is None:
            raise _unknown(name, version, [record.name for record in await self.all()])
        return found

    async def thumbnail(self, name: str) -> Path:
        """A small picture of what a workflow of the package makes; raises `NotFound`."""
        file = workflow_thumbnails().get(name)
        if file is None:
            raise _unknown(name, None, list(workflow_thumbnails()))
        return file

    async def versions(self, name: str) -> list[WorkflowRecord]:
        """All versions, the newest first."""
        newest = await self.read(name)
        if not newest.version:
            return [WorkflowRecord(**newest.model_dump(exclude={"document"}))]
        return await self._store.read(lambda db: versions_of(db, name))

    async def save(
        self, name: str, document: Mapping[str, Any], expected: int, session: Session | None = None
    ) -> SavedWorkflow:
        """Save a new version; a draft that wouldn't run is saved too, as long as it is a document.

        expected: the version that it was made from; 0 for a new one. session: what it saved by itself as the
        newest version is replaced. Raises `Conflict` where another was saved since, or a new one exists
        already; `InvalidWorkflow` for what is no document.
        """
        check_name(name)
        loaded = load(document)
        await self._take_in(self._files.changed(name))

        def job(transaction: Transaction) -> sqlite3.Row:
            check_version(transaction.connection, name, expected)
            return add_version(transaction, name, loaded, session)

        row = await self._store.write(job)
        self._files.write(name, loaded)
        return saved_of(row)

    async def rename(self, name: str, new_name: str, expected: int) -> SavedWorkflow:
        """Give it another name, with all versions; raises `Conflict` as `save`, and where it is taken."""
        check_name(new_name)
        if not (await self.read(name)).version:
            raise Conflict(f"workflow '{name}' came with graphengine and can't be renamed; save a copy")
        await self._take_in(self._files.changed(new_name))

        def job(transaction: Transaction) -> sqlite3.Row:
            check_version(transaction.connection, name, expected)
            check_version(transaction.connection, new_name, 0)
            return rename(transaction, name, new_name)

        row = await self._store.write(job)
        self._files.write(new_name, load(json.loads(row["json"])))
        self._files.remove(name)
        return saved_of(row)

    async def delete(self, name: str, expected: int) -> None:
        """Delete it with all versions; raises `Conflict` as `save`, and for one of the package."""
        if not (await self.read(name)).version:
            raise Conflict(f"workflow '{name}' came with graphengine and can't be deleted")

        def job(transaction: Transaction) -> None:
            check_version(transaction.connection, name, expected)
            db = transaction.connection
            gone = db.execute("DELETE FROM workflows WHERE name = ? RETURNING document", (name,)).fetchall()
            for row in gone:
                transaction.forget_document(row["document"])

        await self._store.write(job)
        self._files.remove(name)

    async def duplicate(self, name: str, new_name: str) -> SavedWorkflow:
        """Save the newest version under a new name; raises `Conflict` where that exists."""
        return await self.save(new_name, (await self.read(name)).document, 0)

    async def source(self, request: SubmitRequest) -> Source:
        """The document of a request, which may name a saved workflow."""
        if not isinstance(request.workflow, str):
            return Source(request.workflow, request.saved_as)
        saved = await self.read(request.workflow, request.version)
        return Source(saved.document, saved.name, saved.version or None)

    def finder(self, db: sqlite3.Connection) -> Callable[[str], Document | None]:
        """Finds the workflows that others use as nodes, in the database as it is now."""

        def find_document(name: str) -> Document | None:
            row = find(db, name)
            if row is not None:
                return load(json.loads(row["json"]))
            found = packaged(name)
            return None if found is None else load(found.document)

        return find_document

    async def _take_in(self, changed: Mapping[str, Document]) -> None:
        """Make versions of files that aren't as they were saved."""
        if not changed:
            return

        def job(transaction: Transaction) -> None:
            for name, document in changed.items():
                row = find(transaction.connection, name)
                if row is None or row["digest"] != written_document(document)[0]:
                    add_version(transaction, name, document)

        await self._store.write(job)


def _unknown(name: str, version: int | None, known: list[str]) -> NotFound:
    if version is not None and name in known:
        return NotFound(f"version of workflow '{name}'", str(version))
    error = NotFound("saved workflow", name)
    error.hint = did_you_mean(name, known)
    return error
