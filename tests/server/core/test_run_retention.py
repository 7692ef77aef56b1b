"""Old runs: their events go, and those without pictures; what is newer, shown, or not over stays."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import replace

from graphengine.home import Home
from graphengine.server.core import Core
from graphengine.server.core.database import FILE
from graphengine.server.core.migrations import STEPS, migrate
from graphengine.server.core.run_retention import DROP_OLD_EVENTS, MOST_AT_ONCE, OLD_RUNS, trim
from graphengine.server.core.transaction import Numbers, Transaction
from graphengine.server.models import SubmitRequest
from tests.server.core.troublemaker import QUICK, adding, ended, serving, trouble


def database() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.row_factory = sqlite3.Row
    migrate(connection)
    return connection


def transaction(db: sqlite3.Connection) -> Transaction:
    last = db.execute("SELECT coalesce(max(sequence), 0) FROM events").fetchone()[0]
    return Transaction(db, Numbers(last))


def add_runs(db: sqlite3.Connection, states: Iterable[str], with_picture: Callable[[int], bool]) -> None:
    """Runs with a document and two events each, and a picture where that is said of their number."""
    for state in states:
        transaction(db).tell("queue", None, {"paused": False})
        document = transaction(db).document(f"digest {db.total_changes}", "{}")
        number = db.execute(
            "INSERT INTO runs (id, state, transitions, name, document, request, parameter_values, text,"
            " priority, place, request_digest)"
            " VALUES (hex(randomblob(8)), ?, '[]', '', ?, '{}', '{}', '', 0, 0, '') RETURNING sequence",
            (state, document),
        ).fetchone()[0]
        id = db.execute("SELECT id FROM runs WHERE sequence = ?", (number,)).fetchone()[0]
        transaction(db).tell("state", id, {"state": "queued"})
        transaction(db).tell("state", id, {"state": state})
        if with_picture(number):
            db.execute(
                "INSERT INTO artifacts (run, node, sha256, media_type, size, width, height, created_at)"
                " VALUES (?, 'n', ?, 'image/png', 1, 1, 1, 0)",
                (number, f"{number:064}"),
            )


def runs(db: sqlite3.Connection) -> list[int]:
    return [row[0] for row in db.execute("SELECT sequence FROM runs ORDER BY sequence")]


def told_of(db: sqlite3.Connection) -> list[int | None]:
    """The numbers of the runs that there are events of, one for each event, in order."""
    query = "SELECT runs.sequence FROM events LEFT JOIN runs ON runs.id = events.run ORDER BY events.sequence"
    return [row[0] for row in db.execute(query)]


def count(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_of_old_runs_those_with_pictures_stay_without_their_events() -> None:
    db = database()
    add_runs(db, ["succeeded", "failed", "succeeded", "cancelled", "succeeded"], lambda number: number != 2)
    trim(transaction(db), 2)
    assert runs(db) == [1, 3, 4, 5]
    assert told_of(db) == [4, 4, None, 5, 5]
    assert count(db, "documents") == 4
    assert count(db, "artifacts") == 4


def test_a_run_all_of_whose_pictures_were_deleted_goes() -> None:
    db = database()
    add_runs(db, ["succeeded"] * 3, lambda number: True)
    db.execute("UPDATE artifacts SET deleted_at = 1 WHERE run = 1")
    trim(transaction(db), 1)
    assert runs(db) == [2, 3]


def test_nothing_goes_while_there_are_no_more_than_are_kept() -> None:
    db = database()
    add_runs(db, ["succeeded"] * 3, lambda number: False)
    trim(transaction(db), 3)
    assert runs(db) == [1, 2, 3] and len(told_of(db)) == 9


def test_an_old_run_that_has_not_ended_stays_whole() -> None:
    db = database()
    add_runs(db, ["queued", "running", "failed", "failed"], lambda number: False)
    trim(transaction(db), 1)
    assert runs(db) == [1, 2, 4]
    assert told_of(db) == [1, 1, 2, 2, 4, 4]
    db.execute("UPDATE runs SET state = 'failed'")
    trim(transaction(db), 1)
    assert runs(db) == [4]


def test_a_document_that_others_have_stays() -> None:
    db = database()
    add_runs(db, ["failed", "failed"], lambda number: False)
    db.execute("UPDATE runs SET document = 1")
    trim(transaction(db), 1)
    assert count(db, "documents") >= 1
    assert db.execute("SELECT 1 FROM documents WHERE id = 1").fetchone() is not None


def test_a_large_database_of_before_is_trimmed_by_and_by() -> None:
    db = database()
    add_runs(db, ["failed"] * (MOST_AT_ONCE + 7), lambda number: number % 2 == 0)
    trim(transaction(db), 1)
    assert db.execute("SELECT count(*) FROM runs WHERE trimmed = 0").fetchone()[0] == 7 - 1 + 1
    trim(transaction(db), 1)
    assert db.execute("SELECT count(*) FROM runs WHERE trimmed = 0").fetchone()[0] == 1
    assert len(told_of(db)) == 2


def test_it_looks_at_none_of_those_that_were_trimmed_before() -> None:
    db = database()
    steps = {
        query: " ".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {query}", values))
        for query, values in ((OLD_RUNS, (9, 9)), (DROP_OLD_EVENTS, (9,)))
    }
    assert "SEARCH runs USING INDEX runs_whole (sequence<?)" in steps[OLD_RUNS]
    assert "SEARCH events USING INTEGER PRIMARY KEY (rowid<?)" in steps[DROP_OLD_EVENTS]


def test_months_of_runs_leave_a_bounded_database() -> None:
    db = database()
    sizes = []
    for _ in range(4):
        for _ in range(50):
            add_runs(db, ["failed"], lambda number: False)
            trim(transaction(db), 20)
        sizes.append((count(db, "runs"), count(db, "events"), count(db, "documents")))
    assert sizes == [(20, 59, 20)] * 4


def test_a_database_of_before_is_taken_over() -> None:
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.row_factory = sqlite3.Row
    for number, step in enumerate(STEPS[:3], start=1):
        db.executescript(f"{step};PRAGMA user_version = {number};")
    add_runs(db, ["failed", "succeeded"], lambda number: False)
    migrate(db)
    trim(transaction(db), 1)
    assert runs(db) == [2]


def test_a_server_keeps_pictures_and_forgets_what_left_none(home: Home) -> None:
    async def test() -> None:
        async with serving(home, replace(QUICK, keep_runs=2)) as core:
            first = await finished(core, adding(a=7))
            fails = await finished(core, trouble("raise"))
            for number in range(3):
                await finished(core, adding(a=number))
            known = [run.id for run in (await core.runs.page()).runs]
            assert fails not in known and first in known and len(known) == 4
            assert (await core.events.since(run=first)).events == []
            [picture] = (await core.runs.read(first)).artifacts
            assert core.artifacts.file(picture.sha256).is_file()
            assert [each.run for each in await core.artifacts.gallery()][-1] == first
            assert (await core.runs.document(first))["name"] == "adding"

    asyncio.run(asyncio.wait_for(test(), 60))
    with sqlite3.connect(home.root / FILE) as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.close()


async def finished(core: Core, request: SubmitRequest) -> str:
    run, _ = await core.runs.submit(request)
    return (await ended(core, run.id)).id
