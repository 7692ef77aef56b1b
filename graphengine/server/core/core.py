"""The server's core: everything that it is made of, built and wired in one place."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Mapping
from typing import Any

from graphengine.home import Home
from graphengine.server.core.artifact_files import ArtifactFiles
from graphengine.server.core.artifacts import Artifacts
from graphengine.server.core.dispatcher import Dispatcher
from graphengine.server.core.event_hub import EventHub
from graphengine.server.core.event_log import EventLog
from graphengine.server.core.folder_lock import FolderLock
from graphengine.server.core.machine import machine
from graphengine.server.core.nodes import Nodes
from graphengine.server.core.plugins import Plugins
from graphengine.server.core.queue import Queue
from graphengine.server.core.run_ends import take_up
from graphengine.server.core.runs import Runs
from graphengine.server.core.settings import CoreSettings
from graphengine.server.core.store import Store
from graphengine.server.core.worker_keeper import WorkerKeeper
from graphengine.server.core.workflows import Workflows
from graphengine.server.errors import ServerError
from graphengine.server.models import ModelRecord, PromptTokens, Readiness, SystemInfo, WorkerInfo

DEFAULTS = CoreSettings()
NODES = "server-nodes.json"
"""In the cache folder."""


class Core:
    """One home folder, one database, one worker; all methods belong to the event loop it was started in.

    runs, queue, events, artifacts, workflows, nodes, plugins: what there is to work with.
    """

    def __init__(self, home: Home, settings: CoreSettings = DEFAULTS) -> None:
        self.home = home
        self.settings = settings
        self._lock = FolderLock(home.root)
        self._hub = EventHub()
        self._store = Store(home.root, self._hub.publish)
        files = ArtifactFiles(home, self._store)
        self.thumbnails = files.thumbnails
        self._keeper = WorkerKeeper(_options(home, settings, str(files.folder.folder)), self._learn)
        self._dispatcher = Dispatcher(self._store, self._keeper, files, self._hub, settings)
        self.nodes = Nodes(home.cache / NODES, lambda: self._keeper.ask("choices"))
        self.plugins = Plugins(self.nodes, self._keeper)
        self.workflows = Workflows(self._store, home)
        self.queue = Queue(self._store, self._dispatcher.wake)
        self.events = EventLog(self._hub, self._store)
        self.artifacts = Artifacts(self._store, files, self._dispatcher.wake)
        self.runs = Runs(
            self._store,
            self.nodes,
            self.workflows,
            files,
            self._keeper,
            settings,
            self._dispatcher.wake,
            self._dispatcher.cancel,
        )

    async def start(self) -> None:
        """Open the store, take up what an earlier server left, and start the worker without waiting for it.

        Raises `FolderInUse`, `DamagedStore`, `StorageFull`, `Unavailable`.
        """
        self._lock.acquire()
        try:
            self._hub.last = self._store.open()
            await self._store.write(take_up)
        except BaseException:
            self._lock.release()
            raise
        self.nodes.recall()
        self._keeper.start()
        self._dispatcher.start()

    async def stop(self) -> None:
        """Take no more runs, let the running one finish within the grace or put it back, end the worker."""
        await self._dispatcher.stop()
        await self._keeper.stop()
        await self._store.close()
        self._lock.release()

    def readiness(self) -> Readiness:
        """Whether the worker is up and the store takes runs."""
        if self._store.error is not None:
            return Readiness(ready=False, reason=self._store.error)
        if self._keeper.worker is None:
            return Readiness(ready=False, reason=self._keeper.error or "the worker is starting")
        return Readiness(ready=True)

    async def system(self) -> SystemInfo:
        """The machine, the server, the worker."""
        facts = await asyncio.to_thread(machine, self.home.root)
        return SystemInfo(**facts, worker=await self._keeper.info())

    async def worker(self) -> WorkerInfo:
        """The worker as it is now, its memory included."""
        return await self._keeper.info()

    async def free_memory(self) -> WorkerInfo:
        """Drop the weights that aren't in use and the results kept in memory."""
        await self._keeper.ask("free")
        return await self._keeper.info()

    async def prompt_tokens(self, text: str, *, syntax: bool) -> PromptTokens:
        """How long a prompt is; waits for a worker that starts, or raises `Unavailable`."""
        return PromptTokens(**await self._keeper.ask_once_up("tokens", text=text, syntax=syntax))

    async def models(self) -> list[ModelRecord]:
        """The model files there are; raises `Unavailable` while there is no worker to ask."""
        return [ModelRecord(**each) for each in await self._keeper.ask("models")]

    def _learn(self, told: Mapping[str, Any]) -> None:
        before = self.nodes.version
        self.nodes.learn(told)
        if before not in (None, self.nodes.version):
            self._telling = asyncio.create_task(self._tell_of_nodes())
        self._dispatcher.wake()

    async def _tell_of_nodes(self) -> None:
        with contextlib.suppress(ServerError):  # on a full disk, those who look for it see it all the same
            await self._store.write(lambda transaction: transaction.tell("nodes", None, {}))


def _options(home: Home, settings: CoreSettings, artifacts: str) -> dict[str, Any]:
    """What a worker is started with."""
    return {
        "server": os.getpid(),
        "home": str(home.root),
        "artifacts": artifacts,
        "preload": settings.preload,
        "memory_budget": settings.memory_budget,
        "cache": settings.cache,
        "cache_budget": settings.cache_budget,
        "disk_cache": settings.disk_cache,
    }
