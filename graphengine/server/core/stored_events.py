"""Reading events back from the database."""

from __future__ import annotations

import sqlite3

from graphengine.server.core.event_batch import StoredEvent

PAGE = 1000
"""Events that are read at once."""


def stored_since(
    db: sqlite3.Connection, sequence: int, run: str | None, limit: int, until: int | None = None
) -> tuple[StoredEvent, ...]:
    """The first so many with a larger number, of one run if one is named, up to `until`."""
    of_run = "" if run is None else "AND run = ?"
    last = (1 << 62) if until is None else until
    rows = db.execute(
        f"SELECT sequence, run, json FROM events WHERE sequence > ? AND sequence <= ? {of_run}"
        " ORDER BY sequence LIMIT ?",
        (sequence, last, *(() if run is None else (run,)), limit),
    )
    return tuple(StoredEvent(*row) for row in rows)
