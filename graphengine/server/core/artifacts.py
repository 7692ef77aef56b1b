"""Pictures that runs have made."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from graphengine.server.core.artifact_files import ArtifactFiles
from graphengine.server.core.clock import milliseconds
from graphengine.server.core.run_rows import ARTIFACT_COLUMNS, artifact_of
from graphengine.server.core.store import Store
from graphengine.server.core.transaction import Transaction
from graphengine.server.core.where import Where
from graphengine.server.errors import Gone, NotFound
from graphengine.server.models import ArtifactRecord

_FROM = "FROM artifacts JOIN runs ON runs.sequence = artifacts.run"


@dataclass(frozen=True)
class GalleryQuery:
    """Which pictures; None is any. since, until: when made, [since, until).

    values: what parameters of the run had to be, by name. text: part of the workflow's name or of any value.
    before: the `id` of the last picture of the page before. limit: 1 to 500.
    """

    since: datetime | None = None
    until: datetime | None = None
    workflow: str | None = None
    run: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    text: str | None = None
    before: int | None = None
    limit: int = 50


class Artifacts:
    """Records of pictures and their files, which are named by the SHA-256 of their bytes.

    wake: called when there is a file to remove.
    """

    def __init__(self, store: Store, files: ArtifactFiles, wake: Callable[[], None]) -> None:
        self._store = store
        self._files = files
        self._wake = wake

    async def read(self, id: int) -> ArtifactRecord:
        """The record, also of one that was deleted; raises `NotFound`."""
        found = await self._store.read(lambda db: _record(db, id))
        if found is None:
            raise NotFound("artifact", str(id))
        return found

    async def by_hash(self, sha256: str) -> ArtifactRecord:
        """The first record of a file; raises `NotFound`."""
        where = _shown()
        where.add("artifacts.sha256 = ?", sha256)
        return await self._one(where, sha256)

    async def gallery(self, query: GalleryQuery = GalleryQuery()) -> list[ArtifactRecord]:
        """The newest first, without those that were deleted."""
        where = _shown()
        if query.since is not None:
            where.add("artifacts.created_at >= ?", milliseconds(query.since))
        if query.until is not None:
            where.add("artifacts.created_at < ?", milliseconds(query.until))
        if query.workflow is not None:
            where.add("runs.workflow = ?", query.workflow)
        if query.run is not None:
            where.add("runs.id = ?", query.run)
        for name, value in query.values.items():
            where.add(
                "EXISTS (SELECT 1 FROM json_each(runs.parameter_values) AS each WHERE each.key = ?"
                " AND each.value IS (SELECT value FROM json_each(?)))",
                name,
                json.dumps([value]),
            )
        if query.text:
            where.contains("runs.text", query.text)
        if query.before is not None:
            where.add("artifacts.id < ?", query.before)
        return await self._select(where, f"ORDER BY artifacts.id DESC LIMIT {int(query.limit)}")

    async def delete(self, id: int) -> None:
        """Delete a picture; what is known of it stays with its run. Raises `NotFound`, `Gone`.

        The file goes once no other run shows the same, and none is under way that may be making it again.
        """

        def job(transaction: Transaction) -> str:
            row = transaction.connection.execute(
                "UPDATE artifacts SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL"
                f" RETURNING {ARTIFACT_COLUMNS}",
                (transaction.now, id),
            ).fetchone()
            if row is None:
                record = _record(transaction.connection, id)
                raise NotFound("artifact", str(id)) if record is None else _gone(record)
            transaction.tell("picture_deleted", row["run"], {"artifact": id})
            return str(row["sha256"])

        self._files.doom({await self._store.write(job)})
        self._wake()

    def file_of(self, record: ArtifactRecord) -> Path:
        """Where the bytes of a picture are; raises `Gone` for one that was deleted, and `NotFound`."""
        if record.deleted_at is not None:
            raise _gone(record)
        return self.file(record.sha256)

    def file(self, sha256: str) -> Path:
        """Where the bytes are; raises `NotFound` for what is no hash or has no file."""
        path = self._files.folder.find(sha256)
        if path is None:
            raise NotFound("artifact", sha256)
        return path

    async def _one(self, where: Where, name: str) -> ArtifactRecord:
        found = await self._select(where, "ORDER BY artifacts.id LIMIT 1")
        if not found:
            raise NotFound("artifact", name)
        return found[0]

    async def _select(self, where: Where, rest: str) -> list[ArtifactRecord]:
        def ask(db: sqlite3.Connection) -> list[ArtifactRecord]:
            query = f"SELECT {ARTIFACT_COLUMNS} {_FROM} {where} {rest}"
            return [artifact_of(row) for row in db.execute(query, where.values)]

        return await self._store.read(ask)


def _record(db: sqlite3.Connection, id: int) -> ArtifactRecord | None:
    row = db.execute(f"SELECT {ARTIFACT_COLUMNS} FROM artifacts WHERE id = ?", (id,)).fetchone()
    return None if row is None else artifact_of(row)


def _shown() -> Where:
    where = Where()
    where.add("artifacts.deleted_at IS NULL")
    return where


def _gone(record: ArtifactRecord) -> Gone:
    at = record.deleted_at
    when = "" if at is None else f" on {at:%Y-%m-%d} at {at:%H:%M} UTC"
    return Gone(
        f"picture {record.id} of node '{record.node}' was deleted{when}",
        node=record.node,
        expected="a picture that is still there",
        got="one that was deleted",
        hint="run the workflow of its run again to make it again",
    )
