"""Opening the database, and saying in words what is wrong with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graphengine.server.core.migrations import STEPS, migrate
from graphengine.server.errors import DamagedStore, ServerError, StorageFull, Unavailable

FILE = "graphengine.sqlite"
LOCK_SECONDS = 5.0
"""How long to wait for another program that has locked the database."""
CHECKED_BYTES = 64 << 20
"""Databases up to this size are checked as a whole when they are opened."""


def open_database(path: Path) -> sqlite3.Connection:
    """A connection for writing, with all tables; raises `DamagedStore`, `StorageFull`, `Unavailable`.

    WAL with synchronous=FULL: what is committed survives the process and a loss of power.
    """
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = connect(path)
        try:
            _check(connection, path)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA wal_autocheckpoint = 0")  # see `Checkpoints`
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA journal_size_limit = 67108864")
            migrate(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def connect(path: Path, *, reading: bool = False) -> sqlite3.Connection:
    """A connection that any thread may use, one at a time; transactions are begun by hand."""
    connection = sqlite3.connect(path, timeout=LOCK_SECONDS, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    if reading:
        connection.execute("PRAGMA query_only = ON")
    return connection


def _check(connection: sqlite3.Connection, path: Path) -> None:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(STEPS):
        raise ServerError(
            f"'{path}' was written by a newer version of graphengine",
            kind="newer_store",
            expected=f"version {len(STEPS)} of the database or less",
            got=f"version {version}",
            hint="use the newer version, or another home folder",
        )
    if path.stat().st_size <= CHECKED_BYTES:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise _damaged(path, str(found))


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what the database and the disk raise into errors for people."""
    try:
        yield
    except sqlite3.Error as error:
        raise explained(error, path) from error
    except OSError as error:
        if error.errno == 28:  # ENOSPC
            raise _full(path) from error
        raise Unavailable(f"'{path}' can't be used: {error.strerror or error}") from error


def explained(error: sqlite3.Error, path: Path) -> ServerError:
    """What an error of the database means for people."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_FULL"):
        return _full(path)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return _damaged(path, str(error))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Unavailable(
            f"another program has locked '{path}'",
            expected=f"it to be free within {LOCK_SECONDS:.0f} seconds",
            hint="close what has the database open, such as a database browser",
        )
    return Unavailable(f"'{path}' can't be used: {error}")


def _full(path: Path) -> StorageFull:
    return StorageFull(
        f"the disk with '{path}' is full",
        kind="disk_full",
        hint="make room; what was accepted before is safe",
    )


def _damaged(path: Path, detail: str) -> DamagedStore:
    return DamagedStore(
        f"the database '{path}' is damaged: {detail}",
        kind="damaged_store",
        expected="a sound SQLite database",
        got=detail,
        hint="put a backup in its place, or move it away to begin with an empty queue; it was left as it is",
    )
