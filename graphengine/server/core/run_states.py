"""Which states a run may come into from which, and bringing it there."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from graphengine.server.core.transaction import Transaction
from graphengine.server.errors import Conflict, NotFound
from graphengine.server.models import RunState

FROM: Mapping[RunState, frozenset[RunState]] = {
    "queued": frozenset({"interrupted"}),
    "running": frozenset({"queued"}),
    "interrupted": frozenset({"running"}),
    "succeeded": frozenset({"running"}),
    "failed": frozenset({"running", "interrupted"}),
    "cancelled": frozenset({"queued", "running", "interrupted"}),
}
"""For each state those that it may follow."""


def bring(
    transaction: Transaction,
    id: str,
    state: RunState,
    *,
    told: Mapping[str, Any] | None = None,
    columns: Mapping[str, Any] | None = None,
) -> sqlite3.Row:
    """Bring a run into a state, note the time, tell the event `state`; gives the run's row.

    told: what the event says beside the state. columns: what else changes.
    Raises `NotFound`, and `Conflict` where the run is in a state that this one can't follow.
    """
    changes = {"state": state, **(columns or {})}
    before = FROM[state]
    row = transaction.connection.execute(
        f"UPDATE runs SET {', '.join(f'{column} = ?' for column in changes)},"
        " transitions = json_insert(transitions, '$[#]', json_array(?, ?))"
        f" WHERE id = ? AND state IN ({', '.join('?' * len(before))}) RETURNING *",
        (*changes.values(), state, transaction.now, id, *before),
    ).fetchone()
    if row is None:
        now = row_of(transaction.connection, id)["state"]
        expected = " or ".join(sorted(before))
        raise Conflict(
            f"run '{id}' is {now}, and so can't become {state}",
            expected=f"a run that is {expected}",
            got=f"one that is {now}",
        )
    transaction.tell("state", id, {"state": state, "attempt": row["attempt"], **(told or {})})
    found: sqlite3.Row = row
    return found


def row_of(db: sqlite3.Connection, id: str) -> sqlite3.Row:
    """The run's row; raises `NotFound`."""
    row: sqlite3.Row | None = db.execute("SELECT * FROM runs WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise NotFound("run", id)
    return row
