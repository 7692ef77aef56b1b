"""What goes of runs that ended long ago."""

from __future__ import annotations

from graphengine.server.core.transaction import Transaction
from graphengine.server.models import ENDED

MOST_AT_ONCE = 100
"""Runs that are trimmed in one transaction, so that a large database of before doesn't hold up the queue."""
_ENDED = ", ".join(f"'{state}'" for state in sorted(ENDED))
OLD_RUNS = f"""
    SELECT sequence, id, document,
        EXISTS (SELECT 1 FROM artifacts WHERE run = runs.sequence AND deleted_at IS NULL) AS pictures
    FROM runs INDEXED BY runs_whole WHERE trimmed = 0 AND sequence < ? AND state IN ({_ENDED})
    ORDER BY sequence LIMIT ?"""
DROP_OLD_EVENTS = """
    DELETE FROM events WHERE NOT EXISTS (SELECT 1 FROM runs WHERE id = events.run) AND sequence < (
        SELECT min(sequence) FROM events WHERE run = (
            SELECT id FROM runs WHERE sequence >= ? ORDER BY sequence LIMIT 1))"""
"""What was told of no run, or of one that isn't there any more, before the first of those that are kept."""


def trim(transaction: Transaction, keep_runs: int) -> None:
    """Of runs before the last `keep_runs` submitted ones, drop the events, and all of those without pictures.

    Pictures, and the runs that tell how they were made, stay until somebody deletes them; so does what hasn't
    ended.
    """
    db = transaction.connection
    last = "(SELECT seq FROM sqlite_sequence WHERE name = 'runs')"
    [oldest_kept] = db.execute(f"SELECT {last} - ? + 1", (keep_runs,)).fetchone()
    if oldest_kept <= 1:
        return
    for row in db.execute(OLD_RUNS, (oldest_kept, MOST_AT_ONCE)).fetchall():
        db.execute("DELETE FROM events WHERE run = ?", (row["id"],))
        if row["pictures"]:
            db.execute("UPDATE runs SET trimmed = 1 WHERE sequence = ?", (row["sequence"],))
        else:
            db.execute("DELETE FROM runs WHERE sequence = ?", (row["sequence"],))
            transaction.forget_document(row["document"])
    db.execute(DROP_OLD_EVENTS, (oldest_kept,))
