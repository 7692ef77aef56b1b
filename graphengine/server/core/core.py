"""The server's core: everything that it is made of, built and wired in one place."""

from __future__ import annotations

from graphengine.home import Home
from graphengine.server.core.artifacts import Artifacts
from graphengine.server.core.event_log import EventLog
from graphengine.server.core.nodes import Nodes
from graphengine.server.core.queue import Queue
from graphengine.server.core.runs import Runs
from graphengine.server.core.settings import CoreSettings
from graphengine.server.core.workflows import Workflows
from graphengine.server.models import ModelRecord, Readiness, SystemInfo, WorkerInfo


class Core:
    """One home folder, one database, one worker; all methods belong to the event loop it was started in.

    runs, queue, events, artifacts, workflows, nodes: what there is to work with, once it is started.
    """

    runs: Runs
    queue: Queue
    events: EventLog
    artifacts: Artifacts
    workflows: Workflows
    nodes: Nodes

    def __init__(self, home: Home, settings: CoreSettings = CoreSettings()) -> None:  # noqa: B008 - frozen
        self.home = home
        self.settings = settings

    async def start(self) -> None:
        """Open the store, take up what an earlier server left, and start the worker without waiting for it.

        Raises `FolderInUse`, `DamagedStore`, `StorageFull`.
        """
        raise NotImplementedError

    async def stop(self) -> None:
        """Take no more runs, let the running one finish within the grace or put it back, end the worker."""
        raise NotImplementedError

    def readiness(self) -> Readiness:
        """Whether the worker is up and the store takes runs."""
        raise NotImplementedError

    async def system(self) -> SystemInfo:
        """The machine, the server, the worker."""
        raise NotImplementedError

    async def worker(self) -> WorkerInfo:
        """The worker as it is now, its memory included."""
        raise NotImplementedError

    async def free_memory(self) -> WorkerInfo:
        """Drop the weights that aren't in use and the results kept in memory."""
        raise NotImplementedError

    async def models(self) -> list[ModelRecord]:
        """The model files there are; raises `Unavailable` while there is no worker to ask."""
        raise NotImplementedError
