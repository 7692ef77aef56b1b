"""The store: what is answered is on the disk, and what goes wrong with the disk is told in words."""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from graphengine.server.core import checkpoints, database
from graphengine.server.core.event_batch import StoredEvent
from graphengine.server.core.migrations import STEPS
from graphengine.server.core.store import Store
from graphengine.server.core.transaction import Transaction
from graphengine.server.errors import BadRequest, DamagedStore, ServerError, StorageFull, Unavailable


def with_store(
    root: Path, test: Callable[[Store, list[StoredEvent]], Coroutine[Any, Any, None]]
) -> list[StoredEvent]:
    """Runs a test with a store, and gives what was published."""
    published: list[StoredEvent] = []

    async def go() -> None:
        store = Store(root, published.extend)
        store.open()
        try:
            await test(store, published)
        finally:
            await store.close()

    asyncio.run(go())
    return published


def put(key: str, value: str) -> Callable[[Transaction], None]:
    def job(transaction: Transaction) -> None:
        transaction.connection.execute("INSERT INTO meta (key, value) VALUES (?, ?)", (key, value))
        transaction.tell("put", None, {"key": key})

    return job


def keys(db: sqlite3.Connection) -> list[str]:
    return [row[0] for row in db.execute("SELECT key FROM meta ORDER BY key")]


def test_what_is_written_is_on_the_disk_when_it_is_answered_and_told_before(tmp_path: Path) -> None:
    async def test(store: Store, published: list[StoredEvent]) -> None:
        await store.write(put("a", "1"))
        assert [event.sequence for event in published] == [1]
        other = sqlite3.connect(store.path)
        assert keys(other) == ["a"]
        other.close()
        assert await store.read(keys) == ["a"]

    with_store(tmp_path, test)


def test_many_jobs_share_a_commit_and_one_that_fails_leaves_no_trace(tmp_path: Path) -> None:
    async def test(store: Store, published: list[StoredEvent]) -> None:
        def broken(transaction: Transaction) -> None:
            put("b", "2")(transaction)
            raise LookupError("as was asked")

        jobs = [put("a", "1"), broken, put("a", "again"), put("c", "3")]
        found = await asyncio.gather(*map(store.write, jobs), return_exceptions=True)
        assert [type(each) for each in found] == [type(None), LookupError, sqlite3.IntegrityError, type(None)]
        assert await store.read(keys) == ["a", "c"]
        assert ['"a"' in event.json for event in published] == [True, False]
        numbers = [event.sequence for event in published]
        assert numbers == sorted(set(numbers))

    with_store(tmp_path, test)


def test_numbers_of_events_go_on_after_a_restart_even_if_all_were_deleted(tmp_path: Path) -> None:
    async def first(store: Store, published: list[StoredEvent]) -> None:
        await store.write(put("a", "1"))
        await store.write(put("b", "1"))
        await store.write(lambda transaction: transaction.connection.execute("DELETE FROM events"))

    async def second(store: Store, published: list[StoredEvent]) -> None:
        await store.write(put("c", "1"))

    with_store(tmp_path, first)
    assert [event.sequence for event in with_store(tmp_path, second)] == [3]


def test_a_full_disk_is_told_and_what_was_accepted_is_safe(tmp_path: Path) -> None:
    async def test(store: Store, published: list[StoredEvent]) -> None:
        await store.write(put("a", "1"))
        pages = await store.write(lambda t: t.connection.execute("PRAGMA page_count").fetchone()[0])

        def fill(most: int) -> Callable[[Transaction], None]:
            return lambda t: t.connection.execute(f"PRAGMA max_page_count = {most}").close()

        await store.write(fill(pages))
        with pytest.raises(StorageFull, match="is full") as raised:
            await store.write(put("b", "x" * 100_000))
        assert raised.value.status == 507
        assert store.error is not None
        assert await store.read(keys) == ["a"]
        assert len(published) == 1
        await store.write(fill(1_000_000))
        await store.write(put("c", "x" * 100_000))
        assert store.error is None
        assert await store.read(keys) == ["a", "c"]

    with_store(tmp_path, test)


def test_a_locked_database_is_told_and_the_next_try_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LOCK_SECONDS", 0.05)

    async def test(store: Store, published: list[StoredEvent]) -> None:
        browser = sqlite3.connect(store.path, isolation_level=None)
        browser.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable, match="another program has locked"):
            await store.write(put("a", "1"))
        browser.execute("ROLLBACK")
        browser.close()
        await store.write(put("a", "1"))
        assert await store.read(keys) == ["a"]

    with_store(tmp_path, test)


@pytest.mark.parametrize("damage", ["text", "pages"])
def test_a_damaged_database_is_told_and_left_as_it_is(tmp_path: Path, damage: str) -> None:
    async def write(store: Store, published: list[StoredEvent]) -> None:
        for number in range(50):
            await store.write(put(str(number), "x" * 2000))

    with_store(tmp_path, write)
    path = tmp_path / database.FILE
    data = bytearray(path.read_bytes())
    if damage == "text":
        data[:] = b"no database, and longer than its header would be" * 100
    else:
        data[8192:-4096] = b"\xff" * (len(data) - 8192 - 4096)
    path.write_bytes(data)
    with pytest.raises(DamagedStore, match="is damaged"):
        with_store(tmp_path, write)
    assert path.read_bytes() == data


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    async def nothing(store: Store, published: list[StoredEvent]) -> None:
        pass

    with_store(tmp_path, nothing)
    db = sqlite3.connect(tmp_path / database.FILE)
    db.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    db.close()
    with pytest.raises(ServerError, match="newer version of graphengine"):
        with_store(tmp_path, nothing)


def test_a_closed_store_takes_nothing(tmp_path: Path) -> None:
    async def test() -> None:
        store = Store(tmp_path, lambda events: None)
        store.open()
        waiting = asyncio.gather(*(store.write(put(str(number), "")) for number in range(20)))
        await asyncio.sleep(0)
        await store.close()
        await waiting
        with pytest.raises(Unavailable, match="is stopping"):
            await store.write(put("late", ""))

    asyncio.run(test())
    db = sqlite3.connect(tmp_path / database.FILE)
    assert len(keys(db)) == 20
    db.close()


def test_what_the_database_has_no_place_for_is_told(tmp_path: Path) -> None:
    async def test(store: Store, published: list[StoredEvent]) -> None:
        for value, said in ((2**63, "a number below"), ("\ud800", "text in Unicode")):
            with pytest.raises(BadRequest, match=said):
                await store.read(lambda db, value=value: db.execute("SELECT ?", (value,)))
            with pytest.raises(BadRequest, match=said):
                await store.write(lambda t, value=value: t.connection.execute("SELECT ?", (value,)))
        await store.write(put("a", "1"))

    with_store(tmp_path, test)


def test_the_log_is_moved_into_the_database_beside_the_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "PAUSE", 0.005)

    async def test(store: Store, published: list[StoredEvent]) -> None:
        before = store.path.stat().st_size
        for number in range(20):
            await store.write(put(str(number), "x" * 10_000))
        while store.path.stat().st_size < before + 200_000:
            await asyncio.sleep(0.01)

    with_store(tmp_path, lambda store, published: asyncio.wait_for(test(store, published), 30))
    assert not (tmp_path / f"{database.FILE}-wal").exists()
