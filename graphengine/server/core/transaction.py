"""What a job of the store's writer may do: change the database, and tell events of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from graphengine.server.core.clock import now, text
from graphengine.server.core.event_batch import StoredEvent


class Numbers:
    """Counts events on; a number is never given twice, though some may go unused."""

    def __init__(self, last: int) -> None:
        self.last = last

    def next(self) -> int:
        """The next number."""
        self.last += 1
        return self.last


class Transaction:
    """The database within one transaction, at one moment `now` (milliseconds since 1970)."""

    def __init__(self, connection: sqlite3.Connection, numbers: Numbers) -> None:
        self.connection = connection
        self.now = now()
        self.events: list[StoredEvent] = []
        self._numbers = numbers
        self._at = text(self.now)

    def tell(
        self, event: str, run: str | None, facts: Mapping[str, Any], progress_of: str | None = None
    ) -> None:
        """Store an event; it is published once the transaction is committed.

        progress_of: a node; of its events only the newest stays stored.
        """
        number = self._numbers.next()
        data = {"sequence": number, "run": run, "at": self._at, "event": event, **facts}
        written = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
        self.connection.execute(
            "INSERT OR REPLACE INTO events (sequence, run, progress_of, json) VALUES (?, ?, ?, ?)",
            (number, run, progress_of, written),
        )
        self.events.append(StoredEvent(number, run, written))

    def document(self, digest: str, written: str) -> int:
        """The number of a document in the store; it is put there unless it is known."""
        found = self.connection.execute("SELECT id FROM documents WHERE digest = ?", (digest,)).fetchone()
        if found is not None:
            return int(found[0])
        added = self.connection.execute(
            "INSERT INTO documents (digest, json) VALUES (?, ?)", (digest, written)
        )
        return int(added.lastrowid or 0)

    def forget_document(self, number: int) -> None:
        """Remove a document that was just given up, unless another run or workflow has it too."""
        self.connection.execute(
            "DELETE FROM documents WHERE id = ?"
            " AND NOT EXISTS (SELECT 1 FROM runs WHERE document = documents.id)"
            " AND NOT EXISTS (SELECT 1 FROM workflows WHERE document = documents.id)",
            (number,),
        )
