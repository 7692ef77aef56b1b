"""The rows of pictures: one for each that a run hands out, from the moment it does."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from graphengine.server.core.transaction import Transaction

Facts = Mapping[str, Any]


def add_artifact(transaction: Transaction, run: sqlite3.Row, artifact: Facts) -> int:
    """Add what a run hands out and give its number, under which it stays.

    What the run had handed out before it was cut off, and makes again, keeps the number that it has.
    """
    known = transaction.connection.execute(
        "UPDATE artifacts SET attempt = ? WHERE id = (SELECT min(id) FROM artifacts"
        " WHERE run = ? AND node = ? AND sha256 = ? AND attempt < ?) RETURNING id",
        (run["attempt"], run["sequence"], artifact["node"], artifact["sha256"], run["attempt"]),
    ).fetchone()
    if known is not None:
        return int(known["id"])
    seed = artifact["seed"]
    added = transaction.connection.execute(
        "INSERT INTO artifacts"
        " (run, node, sha256, media_type, size, width, height, seed, created_at, attempt)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            run["sequence"],
            artifact["node"],
            artifact["sha256"],
            artifact["media_type"],
            artifact["size"],
            artifact["width"],
            artifact["height"],
            None if seed is None else str(seed),  # it may be too large for a number of the database
            transaction.now,
            run["attempt"],
        ),
    )
    return int(added.lastrowid or 0)


def settle_artifacts(transaction: Transaction, run: sqlite3.Row, artifacts: Sequence[Facts]) -> None:
    """Put the pictures of a run that has ended into the order of its plan, and add what wasn't told before.

    Of a run that succeeded nothing else stays: what an earlier attempt made, and this one didn't, goes.
    """
    db = transaction.connection
    for place, artifact in enumerate(artifacts):
        found = db.execute(
            "SELECT min(id) FROM artifacts"
            " WHERE run = ? AND node = ? AND sha256 = ? AND attempt = ? AND place IS NULL",
            (run["sequence"], artifact["node"], artifact["sha256"], run["attempt"]),
        ).fetchone()[0]
        id = add_artifact(transaction, run, artifact) if found is None else found
        db.execute("UPDATE artifacts SET place = ? WHERE id = ?", (place, id))
    if run["state"] == "succeeded":
        db.execute("DELETE FROM artifacts WHERE run = ? AND place IS NULL", (run["sequence"],))


def still_shown(db: sqlite3.Connection, hashes: Collection[str]) -> set[str]:
    """Those of the hashes that some run still shows."""
    marks = ", ".join("?" * len(hashes))
    query = f"SELECT DISTINCT sha256 FROM artifacts WHERE deleted_at IS NULL AND sha256 IN ({marks})"
    return {row[0] for row in db.execute(query, tuple(hashes))}
