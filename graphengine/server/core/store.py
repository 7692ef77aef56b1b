"""The database with its one writer, who commits for many at once, and its readers, who never wait for it."""

from __future__ import annotations

import asyncio
import logging
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from graphengine.server.core.checkpoints import Checkpoints
from graphengine.server.core.database import FILE, connect, explained, open_database
from graphengine.server.core.event_batch import StoredEvent
from graphengine.server.core.transaction import Numbers, Transaction
from graphengine.server.errors import BadRequest, Unavailable

MOST_AT_ONCE = 1000
"""Jobs of one transaction."""
READERS = 3

T = TypeVar("T")
Job = Callable[[Transaction], Any]
Publish = Callable[[list[StoredEvent]], None]
_Waiting = tuple[Job, "asyncio.Future[Any]"]
logger = logging.getLogger(__name__)


class Store:
    """Belongs to the event loop it is opened in.

    publish: called in the loop with what was told in a transaction, after that is on the disk.
    """

    def __init__(self, root: Path, publish: Publish) -> None:
        self.path = root / FILE
        self.error: str | None = None
        self._publish = publish
        self._jobs: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._readers = threading.local()
        self._reading: list[sqlite3.Connection] = []
        self._closed = False
        self._checkpoints = Checkpoints(self.path)

    def open(self) -> int:
        """Open the database and start the writer; gives the last event's number. Raises `ServerError`."""
        self._loop = asyncio.get_running_loop()
        self._connection = open_database(self.path)
        row = self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'events'").fetchone()
        self._numbers = Numbers(int(row[0]) if row else 0)
        self._pool = ThreadPoolExecutor(READERS, "graphengine-read")
        self._thread = threading.Thread(target=self._write_all, name="graphengine-write", daemon=True)
        self._thread.start()
        self._checkpoints.start()
        return self._numbers.last

    async def write(self, job: Callable[[Transaction], T]) -> T:
        """Do a job in a transaction, all or nothing; returns once that is on the disk.

        Raises what the job raises, or `StorageFull`, `DamagedStore`, `Unavailable`; then nothing was changed.
        """
        if self._closed:
            raise Unavailable("the server is stopping")
        done: asyncio.Future[T] = self._loop.create_future()
        self._jobs.put((job, done))
        return await done

    async def read(self, question: Callable[[sqlite3.Connection], T]) -> T:
        """Ask the database, in a thread of its own, for what was committed by now."""
        if self._closed:
            raise Unavailable("the server is stopping")
        return await self._loop.run_in_executor(self._pool, self._ask, question)

    async def close(self) -> None:
        """Do what was asked for by now, and close the database."""
        self._closed = True
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)
        await asyncio.to_thread(self._pool.shutdown)
        await asyncio.to_thread(self._checkpoints.stop)
        for connection in (*self._reading, self._connection):
            connection.close()

    def _ask(self, question: Callable[[sqlite3.Connection], T]) -> T:
        connection: sqlite3.Connection | None = getattr(self._readers, "connection", None)
        try:
            if connection is None:
                connection = self._readers.connection = connect(self.path, reading=True)
                self._reading.append(connection)
            return question(connection)
        except sqlite3.Error as error:
            raise explained(error, self.path) from error
        except (OverflowError, UnicodeEncodeError) as error:
            raise _not_storable(error) from error

    def _write_all(self) -> None:
        while True:
            waiting = [self._jobs.get()]
            while len(waiting) < MOST_AT_ONCE and not self._jobs.empty():
                waiting.append(self._jobs.get())
            jobs = [each for each in waiting if each is not None]
            if jobs:
                self._commit(jobs)
            if len(jobs) < len(waiting):
                return

    def _commit(self, jobs: list[_Waiting]) -> None:
        """One transaction for all the jobs; one that fails leaves no trace, and the others count."""
        ended: list[tuple[asyncio.Future[Any], Any, BaseException | None]] = []
        events: list[StoredEvent] = []
        connection = self._connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            for job, done in jobs:
                value, error = self._do(job, events)
                ended.append((done, value, error))
            connection.execute("COMMIT")
            self._checkpoints.note()
            self.error = None
        except sqlite3.Error as raised:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            told = explained(raised, self.path)
            self.error = told.message
            logger.error("%s", told.message)
            ended, events = [(done, None, told) for _, done in jobs], []
        self._loop.call_soon_threadsafe(self._committed, ended, events)

    def _do(self, job: Job, events: list[StoredEvent]) -> tuple[Any, BaseException | None]:
        transaction = Transaction(self._connection, self._numbers)
        self._connection.execute("SAVEPOINT job")
        try:
            value = job(transaction)
        except sqlite3.Error as error:
            if not isinstance(error, sqlite3.IntegrityError):  # of the disk or the file, and so of all jobs
                raise
            failed: Exception = error
        except (OverflowError, UnicodeEncodeError) as error:
            failed = _not_storable(error)
        except Exception as error:  # noqa: BLE001 - it is told to whoever asked for the job
            failed = error
        else:
            self._connection.execute("RELEASE job")
            events += transaction.events
            return value, None
        self._connection.execute("ROLLBACK TO job")
        self._connection.execute("RELEASE job")
        return None, failed

    def _committed(
        self,
        ended: list[tuple[asyncio.Future[Any], Any, BaseException | None]],
        events: list[StoredEvent],
    ) -> None:
        if events:
            self._publish(events)
        for done, value, error in ended:
            if done.done():
                continue
            if error is None:
                done.set_result(value)
            else:
                done.set_exception(error)


def _not_storable(error: Exception) -> BadRequest:
    """A number or a text of a client's that the database has no place for."""
    large = isinstance(error, OverflowError)
    expected = "a number below 2**63" if large else "text in Unicode"
    got = "a larger one" if large else "half of a surrogate pair"
    return BadRequest(f"expected {expected}, got {got}", expected=expected, got=got)
