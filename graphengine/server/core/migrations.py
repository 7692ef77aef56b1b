"""The database's tables, as the steps that lead to them; `user_version` counts the steps taken."""

from __future__ import annotations

import sqlite3

STEPS: tuple[str, ...] = (
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

    CREATE TABLE documents (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, json TEXT NOT NULL);

    CREATE TABLE runs (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL,
        transitions TEXT NOT NULL,
        name TEXT NOT NULL,
        workflow TEXT,
        workflow_version INTEGER,
        document INTEGER NOT NULL REFERENCES documents (id),
        request TEXT NOT NULL,
        parameter_values TEXT NOT NULL,
        text TEXT NOT NULL,
        priority INTEGER NOT NULL,
        place REAL NOT NULL,
        attempt INTEGER NOT NULL DEFAULT 0,
        interruptions INTEGER NOT NULL DEFAULT 0,
        cancel_requested INTEGER NOT NULL DEFAULT 0,
        batch TEXT,
        retry_of TEXT,
        idempotency_key TEXT UNIQUE,
        request_digest TEXT NOT NULL,
        executed INTEGER,
        cached INTEGER,
        skipped INTEGER,
        seconds REAL,
        error TEXT
    );
    CREATE INDEX runs_queue ON runs (priority DESC, place) WHERE state = 'queued';
    CREATE INDEX runs_state ON runs (state, sequence);
    CREATE INDEX runs_batch ON runs (batch, sequence) WHERE batch IS NOT NULL;
    CREATE INDEX runs_workflow ON runs (workflow, sequence) WHERE workflow IS NOT NULL;
    CREATE INDEX runs_document ON runs (document);

    CREATE TABLE counts (state TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
    INSERT INTO counts VALUES ('queued', 0), ('running', 0), ('succeeded', 0), ('failed', 0),
        ('cancelled', 0), ('interrupted', 0);
    CREATE TRIGGER run_added AFTER INSERT ON runs BEGIN
        UPDATE counts SET number = number + 1 WHERE state = new.state;
    END;
    CREATE TRIGGER run_moved AFTER UPDATE OF state ON runs BEGIN
        UPDATE counts SET number = number - 1 WHERE state = old.state;
        UPDATE counts SET number = number + 1 WHERE state = new.state;
    END;
    CREATE TRIGGER run_deleted AFTER DELETE ON runs BEGIN
        UPDATE counts SET number = number - 1 WHERE state = old.state;
    END;

    CREATE TABLE artifacts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        run INTEGER NOT NULL REFERENCES runs (sequence) ON DELETE CASCADE,
        node TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        seed TEXT,
        created_at INTEGER NOT NULL
    );
    CREATE INDEX artifacts_run ON artifacts (run, id);
    CREATE INDEX artifacts_sha256 ON artifacts (sha256, id);

    CREATE TABLE events (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        run TEXT,
        progress_of TEXT,
        json TEXT NOT NULL
    );
    CREATE INDEX events_run ON events (run, sequence) WHERE run IS NOT NULL;
    CREATE UNIQUE INDEX events_progress ON events (run, progress_of) WHERE progress_of IS NOT NULL;

    CREATE TABLE workflows (
        name TEXT NOT NULL,
        version INTEGER NOT NULL,
        title TEXT NOT NULL,
        parameters TEXT NOT NULL,
        document INTEGER NOT NULL REFERENCES documents (id),
        saved_at INTEGER NOT NULL,
        PRIMARY KEY (name, version)
    );
    CREATE INDEX workflows_document ON workflows (document);
    CREATE TABLE workflow_versions (name TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
    """,
    """
    ALTER TABLE workflows ADD COLUMN session TEXT;
    ALTER TABLE workflows ADD COLUMN automatic INTEGER NOT NULL DEFAULT 0;
    """,
    """
    ALTER TABLE artifacts ADD COLUMN attempt INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE artifacts ADD COLUMN place INTEGER;
    ALTER TABLE artifacts ADD COLUMN deleted_at INTEGER;
    """,
    """
    ALTER TABLE runs ADD COLUMN trimmed INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX runs_whole ON runs (sequence) WHERE trimmed = 0;
    """,
)


def migrate(connection: sqlite3.Connection) -> None:
    """Take the steps that this database hasn't taken yet, each in a transaction of its own."""
    taken = int(connection.execute("PRAGMA user_version").fetchone()[0])
    for number, step in enumerate(STEPS[taken:], start=taken + 1):
        connection.executescript(f"BEGIN IMMEDIATE;{step};PRAGMA user_version = {number};COMMIT;")
