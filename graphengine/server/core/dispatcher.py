"""Handing the worker one run after the other."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Iterable, Mapping
from typing import Any

from graphengine.errors import GraphEngineError
from graphengine.server.core.artifact_files import ArtifactFiles
from graphengine.server.core.event_batch import PreviewEvent
from graphengine.server.core.event_hub import EventHub
from graphengine.server.core.run_ends import Claimed, Ended, claim, finish, tell_events
from graphengine.server.core.run_retention import trim
from graphengine.server.core.settings import CoreSettings
from graphengine.server.core.store import Store
from graphengine.server.core.transaction import Transaction
from graphengine.server.core.worker_keeper import WorkerKeeper
from graphengine.server.core.worker_process import WorkerDied, WorkerProcess
from graphengine.server.errors import DamagedStore, StorageFull, Unavailable
from graphengine.server.models import ErrorBody
from graphengine.server.worker.protocol import Message

RETRY_PAUSE = 1.0
"""Seconds between two tries to store the end of a run on a disk that is full."""
STOP_PAUSE = 1.0
"""Seconds that a run has to end when its time is over at the server's stop."""
logger = logging.getLogger(__name__)


class Dispatcher:
    """Starts runs in the order of the queue, one at a time; how one ended is stored before another starts."""

    def __init__(
        self,
        store: Store,
        keeper: WorkerKeeper,
        files: ArtifactFiles,
        hub: EventHub,
        settings: CoreSettings,
    ) -> None:
        self._store = store
        self._keeper = keeper
        self._files = files
        self._hub = hub
        self._settings = settings
        self._woken = asyncio.Event()
        self._to_cancel: set[str] = set()
        self._stopping = False
        self._putting_back = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to work."""
        self._task = asyncio.create_task(self._work())

    def wake(self) -> None:
        """There may be something to do."""
        self._woken.set()

    def cancel(self, id: str) -> None:
        """End the run of that id, if it is the one under way; its worker is killed if it takes too long."""
        self._to_cancel.add(id)
        worker = self._keeper.worker
        if self._keeper.run == id and worker is not None:
            self._end_soon(worker, id, self._settings.cancel_grace)

    async def stop(self) -> None:
        """Start no more; a run that isn't done within the grace is put back into the queue."""
        self._stopping = True
        self.wake()
        if self._task is None:
            return
        _, unfinished = await asyncio.wait({self._task}, timeout=self._settings.stop_grace)
        worker = self._keeper.worker
        if unfinished and worker is not None and self._keeper.run is not None:
            self._putting_back = True
            self._end_soon(worker, self._keeper.run, STOP_PAUSE)
        await self._task

    def _end_soon(self, worker: WorkerProcess, id: str, grace: float) -> None:
        def end() -> None:
            if self._keeper.run == id:
                worker.kill()

        worker.send({"do": "cancel", "run": id})
        asyncio.get_running_loop().call_later(grace, end)

    async def _work(self) -> None:
        try:
            await self._files.sweep()
        except (OSError, GraphEngineError) as error:
            logger.warning("files without a record stay where they are: %s", error)
        ended: Ended | None = None
        while True:
            claimed = await self._next(ended)
            if claimed is None:
                return
            await self._files.remove_doomed()
            ended = await self._run(claimed)
            self._to_cancel.discard(claimed.id)

    async def _next(self, ended: Ended | None) -> Claimed | None:
        """Store how a run ended, and claim the next as soon as there is one; None at the end of all."""
        while True:
            self._woken.clear()
            may_start = not self._stopping and self._keeper.worker is not None

            def step(
                transaction: Transaction, ended: Ended | None = ended, may_start: bool = may_start
            ) -> Claimed | None:
                if ended is not None:
                    finish(transaction, ended)
                    trim(transaction, self._settings.keep_runs)
                return claim(transaction) if may_start else None

            try:
                claimed = await self._store.write(step)
            except (StorageFull, Unavailable, DamagedStore):
                if self._stopping:  # what isn't stored is taken up as cut off at the next start
                    return None
                await asyncio.sleep(RETRY_PAUSE)
                continue
            except Exception:  # a defect: the others in the queue go on
                logger.exception("the end of run %s can't be stored", ended.id if ended else None)
                ended = None
                await asyncio.sleep(RETRY_PAUSE)
                continue
            ended = None
            if claimed is not None:
                return claimed
            if self._stopping:
                return None
            await self._files.remove_doomed()
            await self._woken.wait()

    async def _run(self, claimed: Claimed) -> Ended:
        worker = self._keeper.worker
        if worker is None:
            return Ended(claimed.id, "queued", counts=False)
        worker.forget()
        self._keeper.run = claimed.id
        worker.send({"do": "run", **claimed.job})
        if claimed.id in self._to_cancel:
            self.cancel(claimed.id)
        try:
            ended = await self._follow(worker, claimed.id)
        except Exception as defect:  # this run is lost to it, and the others in the queue go on
            logger.exception("run %s", claimed.id)
            worker.kill()
            with contextlib.suppress(WorkerDied):
                while True:  # what it still tells of this run isn't of the next
                    await worker.heard()
            error = ErrorBody(kind="defect", message=f"a defect of the server: {defect!r}")
            ended = Ended(claimed.id, "failed", error=error)
        finally:
            self._keeper.released()
        return ended

    async def _follow(self, worker: WorkerProcess, id: str) -> Ended:
        """Pass on what the run tells until it has ended."""
        begun = False
        while True:
            try:
                messages = await worker.heard()
            except WorkerDied as died:
                return self._cut_off(id, str(died), begun)
            begun = True
            for message in messages:
                if message.facts["tell"] == "preview":
                    self._hub.preview(PreviewEvent(id, message.facts["node"], message.payload))
            events = _newest(messages)
            last = messages[-1].facts
            if last["tell"] == "ended":
                return self._ended(id, last, events)
            if events:
                await self._tell(id, events)

    async def _tell(self, id: str, events: list[Mapping[str, Any]]) -> None:
        try:
            await self._store.write(lambda transaction: tell_events(transaction, id, events))
        except (StorageFull, Unavailable, DamagedStore):
            logger.warning("run %s: %d events are lost", id, len(events))

    def _ended(self, id: str, told: Mapping[str, Any], events: list[Mapping[str, Any]]) -> Ended:
        self._keeper.did_well()
        if told["state"] == "cancelled" and self._putting_back and id not in self._to_cancel:
            return Ended(id, "queued", events, counts=False)
        error = None if told["error"] is None else ErrorBody(**told["error"])
        return Ended(id, told["state"], events, told["artifacts"], told["facts"], error)

    def _cut_off(self, id: str, cause: str, begun: bool) -> Ended:
        """What becomes of a run whose worker died."""
        if id in self._to_cancel:
            return Ended(id, "cancelled")
        if self._putting_back:
            return Ended(id, "queued", counts=False)
        if not begun:  # it died before it took the run, perhaps of something else
            return Ended(id, "queued")
        error = ErrorBody(
            kind="worker_died",
            message=f"the worker {cause} while this ran",
            hint="the others in the queue go on with a new worker; this one may need less memory",
        )
        return Ended(id, "failed", error=error)


def _newest(messages: Iterable[Message]) -> list[Mapping[str, Any]]:
    """The events among the messages, of a node's progress only the last."""
    found: list[Mapping[str, Any]] = []
    progress: dict[str, int] = {}
    for message in messages:
        if message.facts["tell"] != "event":
            continue
        facts = message.facts["event"]
        if facts["event"] == "progress":
            known = progress.setdefault(facts["node"], len(found))
            if known < len(found):
                found[known] = facts
                continue
        found.append(facts)
    return found
