"""What a server finds that another one left, and what goes wrong around it."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from graphengine.home import Home
from graphengine.server.core import clock, dispatcher, transaction
from graphengine.server.core.database import FILE
from graphengine.server.core.run_states import FROM, bring
from graphengine.server.core.store import Store
from graphengine.server.core.transaction import Transaction
from graphengine.server.errors import Conflict, NotFound, StorageFull
from graphengine.server.models import ENDED, RunState
from tests.server.core.troublemaker import adding, ended, running, serving, trouble


def left_running(home: Home, changes: str = "") -> str:
    """A run that a server which was killed had under way."""

    async def go() -> str:
        async with serving(home) as core:
            await core.queue.pause()
            return (await core.runs.submit(adding(a=7)))[0].id

    id = asyncio.run(go())
    db = sqlite3.connect(home.root / FILE)
    with db:
        db.execute(f"UPDATE runs SET state = 'running', attempt = 1 {changes}")
        db.execute("DELETE FROM meta")
    db.close()
    return id


def test_what_was_running_starts_again_once(home: Home) -> None:
    id = left_running(home)

    async def test() -> None:
        async with serving(home) as core:
            run = await ended(core, id)
            assert (run.state, run.attempt) == ("succeeded", 2)
            states = [each.state for each in run.transitions]
            assert states == ["queued", "interrupted", "queued", "running", "succeeded"]

    asyncio.run(test())


def test_what_was_cut_off_twice_fails_honestly(home: Home) -> None:
    id = left_running(home, ", interruptions = 1")

    async def test() -> None:
        async with serving(home) as core:
            run = await core.runs.read(id)
            assert run.state == "failed"
            assert run.error is not None
            assert "ended twice while this ran" in run.error.message

    asyncio.run(test())


def test_what_was_to_be_cancelled_is_cancelled(home: Home) -> None:
    id = left_running(home, ", cancel_requested = 1")

    async def test() -> None:
        async with serving(home) as core:
            assert (await core.runs.read(id)).state == "cancelled"

    asyncio.run(test())


def test_files_without_a_record_and_half_written_ones_are_swept(home: Home) -> None:
    folder = home.root / "artifacts" / "ab"
    folder.mkdir(parents=True)
    forgotten = folder / ("ab" * 32 + ".png")
    half = folder / ".0123456789abcdef.part"
    foreign = folder / "notes.txt"
    for path in (forgotten, half, foreign):
        path.write_text("something")

    async def test() -> None:
        async with serving(home) as core:
            picture = (await ended(core, (await core.runs.submit(adding()))[0].id)).artifacts[0]
        async with serving(home) as core:
            await ended(core, (await core.runs.submit(adding(a=2)))[0].id)
            assert core.artifacts.file(picture.sha256)

    asyncio.run(test())
    assert (forgotten.exists(), half.exists(), foreign.exists()) == (False, False, True)


def test_a_run_that_ends_on_a_full_disk_is_stored_once_there_is_room(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatcher, "RETRY_PAUSE", 0.02)

    async def test() -> None:
        async with serving(home) as core:
            run = (await core.runs.submit(trouble("", 0.2)))[0]
            await running(core, run.id)
            pages = "PRAGMA max_page_count = {}"
            store = core._store

            def limit(most: int) -> Any:
                return lambda t: t.connection.execute(pages.format(most)).fetchone()

            used = await store.write(lambda t: t.connection.execute("PRAGMA page_count").fetchone()[0])
            await store.write(limit(used))
            refused = 0
            while not refused:  # until the last free page is used up
                try:
                    await core.runs.submit(adding(text="x" * 3000))
                except StorageFull:
                    refused += 1
            assert not core.readiness().ready
            await asyncio.sleep(0.4)
            await store.write(limit(1_000_000))
            assert (await ended(core, run.id)).state == "succeeded"
            assert core.readiness().ready

    asyncio.run(test())


def test_a_defect_costs_one_run_and_not_the_queue(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = dispatcher._newest
    calls = iter(range(1000))

    def broken(messages: Any) -> Any:
        if not next(calls):
            raise LookupError("as was asked")
        return newest(messages)

    monkeypatch.setattr(dispatcher, "_newest", broken)

    async def test() -> None:
        async with serving(home) as core:
            first, second = [(await core.runs.submit(adding(a=number)))[0] for number in range(2)]
            run = await ended(core, first.id)
            assert run.error is not None
            assert (run.state, run.error.kind) == ("failed", "defect")
            assert (await ended(core, second.id)).state == "succeeded"

    asyncio.run(test())


def test_a_clock_that_jumps_back_changes_no_order(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter(range(2_000_000_000_000, 0, -3_600_000))
    monkeypatch.setattr(transaction, "now", lambda: next(times))

    async def test() -> None:
        async with serving(home) as core:
            ids = [(await core.runs.submit(adding(a=number)))[0].id for number in range(3)]
            runs = [await ended(core, id) for id in ids]
            assert [run.state for run in runs] == ["succeeded"] * 3
            page = await core.runs.page()
            assert [run.id for run in page.runs] == ids[::-1]
            events = (await core.events.since(0, limit=10_000)).events
            begun = [each["run"] for each in events if each.get("state") == "running"]
            assert begun == ids
            assert all(run.seconds is not None and run.seconds >= 0 for run in runs)
            assert events[0]["at"] > events[-1]["at"]

    asyncio.run(test())
    assert clock.text(0) == "1970-01-01T00:00:00.000Z"
    assert clock.milliseconds(clock.moment(123_456)) == 123_456


def test_a_worker_ends_with_its_server(home: Home) -> None:
    program = f"""
import asyncio, sys
from pathlib import Path
from graphengine.home import Home
from tests.server.core.troublemaker import running, serving, trouble

async def main():
    async with serving(Home(Path({str(home.root)!r}))) as core:
        run = (await core.runs.submit(trouble("deaf", 60)))[0]
        await running(core, run.id)
        print((await core.worker()).pid, flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    server = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert server.stdout is not None
    worker = int(server.stdout.readline())
    server.send_signal(signal.SIGKILL)
    server.wait()
    server.stdout.close()
    deadline = time.monotonic() + 60
    while is_alive(worker) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not is_alive(worker)


def is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def test_a_client_that_has_gone_leaves_the_run_alone(home: Home) -> None:
    async def test() -> None:
        async with serving(home) as core:
            following = core.events.subscribe()
            waiting = asyncio.create_task(following.next())
            run = (await core.runs.submit(adding()))[0]
            waiting.cancel()
            following.close()
            assert (await ended(core, run.id)).state == "succeeded"

    asyncio.run(test())


STATES: tuple[RunState, ...] = ("queued", "running", "succeeded", "failed", "cancelled", "interrupted")


def test_only_what_may_follow_a_state_does(tmp_path: Path) -> None:
    def job(transaction: Transaction) -> None:
        db = transaction.connection
        document = transaction.document("d", "{}")
        for state in STATES:
            db.execute(
                "INSERT INTO runs (id, state, transitions, name, document, request, parameter_values, text,"
                " priority, place, request_digest) VALUES (?, ?, '[]', '', ?, '{}', '{}', '', 0, 0, '')",
                (state, state, document),
            )
        for before in STATES:
            for after in STATES:
                if before in FROM[after]:
                    db.execute("SAVEPOINT try")
                    assert bring(transaction, before, after)["state"] == after
                    db.execute("ROLLBACK TO try")
                else:
                    with pytest.raises(Conflict, match=f"is {before}, and so can't become {after}"):
                        bring(transaction, before, after)
        assert not any(ENDED & before for before in FROM.values())
        with pytest.raises(NotFound):
            bring(transaction, "nonsense", "running")

    async def test() -> None:
        store = Store(tmp_path, lambda events: None)
        store.open()
        await store.write(job)
        await store.close()

    asyncio.run(test())
