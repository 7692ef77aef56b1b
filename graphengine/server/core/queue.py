"""The queue as a whole, and the order in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from graphengine.server.core.run_rows import run_of, runs_of
from graphengine.server.core.run_states import row_of
from graphengine.server.core.store import Store
from graphengine.server.core.transaction import Transaction
from graphengine.server.errors import Conflict
from graphengine.server.models import QueueState, Run, RunChange

PAUSED = "paused"
IN_ORDER = "state = 'queued' ORDER BY priority DESC, place"


class Queue:
    """Runs are taken by priority, then in order; pausing holds up those that haven't begun.

    wake: called when a run may have become free to start.
    """

    def __init__(self, store: Store, wake: Callable[[], None]) -> None:
        self._store = store
        self._wake = wake

    async def state(self) -> QueueState:
        """How it stands."""
        return await self._store.read(_state)

    async def counts(self) -> Mapping[str, int]:
        """How many runs are in each state."""
        return await self._store.read(lambda db: dict(db.execute("SELECT state, number FROM counts")))

    async def waiting(self, limit: int = 100) -> list[Run]:
        """The queued runs, in the order in which they will run."""

        def ask(db: sqlite3.Connection) -> list[Run]:
            return runs_of(db, db.execute(f"SELECT * FROM runs WHERE {IN_ORDER} LIMIT ?", (limit,)))

        return await self._store.read(ask)

    async def pause(self) -> QueueState:
        """Start no more runs, also after a restart of the server, until resumed."""
        return await self._store.write(lambda transaction: _set_paused(transaction, True))

    async def resume(self) -> QueueState:
        """Go on."""
        state = await self._store.write(lambda transaction: _set_paused(transaction, False))
        self._wake()
        return state

    async def change(self, id: str, change: RunChange) -> Run:
        """Give a queued run another priority or place; raises `NotFound`, `Conflict` if it isn't queued."""

        def job(transaction: Transaction) -> Run:
            db = transaction.connection
            row = row_of(db, id)
            if row["state"] != "queued":
                raise Conflict(
                    f"run '{id}' is {row['state']}, and so has no place in the queue",
                    expected="a run that is queued",
                    got=f"one that is {row['state']}",
                )
            if change.priority is not None:
                db.execute("UPDATE runs SET priority = ? WHERE id = ?", (change.priority, id))
            if change.position is not None:
                _place(db, id, change.position)
            changed = row_of(db, id)
            facts: dict[str, Any] = {"priority": changed["priority"], "position": change.position}
            transaction.tell("changed", id, facts)
            return run_of(changed)

        return await self._store.write(job)


def is_paused(db: sqlite3.Connection) -> bool:
    """Whether no more runs are to be started."""
    return db.execute("SELECT 1 FROM meta WHERE key = ?", (PAUSED,)).fetchone() is not None


def next_in_queue(db: sqlite3.Connection) -> str | None:
    """The id of the run that is next, if one may start."""
    if is_paused(db):
        return None
    row = db.execute(f"SELECT id FROM runs WHERE {IN_ORDER} LIMIT 1").fetchone()
    return None if row is None else str(row["id"])


def _state(db: sqlite3.Connection) -> QueueState:
    queued = int(db.execute("SELECT number FROM counts WHERE state = 'queued'").fetchone()[0])
    running = [row["id"] for row in db.execute("SELECT id FROM runs WHERE state = 'running'")]
    return QueueState(paused=is_paused(db), queued=queued, running=running)


def _set_paused(transaction: Transaction, paused: bool) -> QueueState:
    db = transaction.connection
    if is_paused(db) != paused:
        if paused:
            db.execute("INSERT INTO meta (key, value) VALUES (?, '1')", (PAUSED,))
        else:
            db.execute("DELETE FROM meta WHERE key = ?", (PAUSED,))
        transaction.tell("queue", None, {"paused": paused})
    return _state(db)


def _place(db: sqlite3.Connection, id: str, position: int) -> None:
    """Put a run at a position, halfway between those around it; numbers all anew where that is too narrow."""
    others = f"SELECT priority, place FROM runs WHERE id != ? AND {IN_ORDER}"
    around = db.execute(f"{others} LIMIT 2 OFFSET ?", (id, max(position - 1, 0))).fetchall()
    if not around:  # beyond the end, or alone
        last = db.execute(
            "SELECT priority, place FROM runs WHERE id != ? AND state = 'queued'"
            " ORDER BY priority, place DESC LIMIT 1",
            (id,),
        ).fetchone()
        if last is not None:
            _put(db, id, last["priority"], last["place"] + 1)
        return
    if position == 0:
        _put(db, id, around[0]["priority"], around[0]["place"] - 1)
        return
    before, after = around[0], around[1] if len(around) > 1 else None
    if after is None or after["priority"] != before["priority"]:
        _put(db, id, before["priority"], before["place"] + 1)
        return
    middle = (before["place"] + after["place"]) / 2
    if before["place"] < middle < after["place"]:
        _put(db, id, before["priority"], middle)
        return
    _number_anew(db)
    _place(db, id, position)


def _put(db: sqlite3.Connection, id: str, priority: int, place: float) -> None:
    db.execute("UPDATE runs SET priority = ?, place = ? WHERE id = ?", (priority, place, id))


def _number_anew(db: sqlite3.Connection) -> None:
    rows = db.execute(f"SELECT id FROM runs WHERE {IN_ORDER}").fetchall()
    db.executemany(
        "UPDATE runs SET place = ? WHERE id = ?", [(number, row["id"]) for number, row in enumerate(rows)]
    )
