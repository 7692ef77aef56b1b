"""Keeping a worker alive."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from graphengine.server.core.worker_process import WorkerDied, WorkerProcess
from graphengine.server.errors import Unavailable
from graphengine.server.models import WorkerInfo, WorkerState

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 30.0
STARTING = 60.0
"""Seconds that a worker may take to start."""
RENEWING = 120.0
"""Seconds that one may take that is to take another's place."""
PATIENCE = 2.0
"""Seconds to wait for the answer to a question about the worker itself."""
OF_ITSELF = frozenset({"info", "free"})
"""Questions about the worker that runs things, also while its successor waits."""
logger = logging.getLogger(__name__)


class Successor(NamedTuple):
    """A worker that is ready to take the place of another, and what it told of its nodes."""

    worker: WorkerProcess
    told: Mapping[str, Any]


class WorkerKeeper:
    """Starts a worker, and another when it has died: at once, then after pauses that double.

    `run` is the run under way. A worker that was renewed gives up its place once there is none.

    options: what a worker is started with. learn: called with what it tells of its nodes, once it is ready.
    """

    def __init__(self, options: Mapping[str, Any], learn: Callable[[Mapping[str, Any]], None]) -> None:
        self._options = options
        self._learn = learn
        self._worker: WorkerProcess | None = None
        self._successor: Successor | None = None
        self._ready = False
        self._up = asyncio.Event()
        self._failures = 0
        self._keeping: asyncio.Task[None] | None = None
        self.state: WorkerState = "starting"
        self.restarts = 0
        self.error: str | None = None
        self.run: str | None = None

    def start(self) -> None:
        """Begin to keep one."""
        self._keeping = asyncio.create_task(self._keep())

    @property
    def worker(self) -> WorkerProcess | None:
        """The worker, if there is one that can take a run."""
        if not self._ready or self._worker is None or self._worker.death.done():
            return None
        return self._worker

    def did_well(self) -> None:
        """A run has come to its end in it: the next failure is the first again."""
        self._failures = 0

    async def ask(self, what: str, **facts: Any) -> Any:
        """Ask the worker; raises `Unavailable` where there is none."""
        worker = self.worker
        if self._successor is not None and what not in OF_ITSELF:
            worker = self._successor.worker
        if worker is None:
            raise Unavailable("the worker is starting", hint="try again in a few seconds")
        return await worker.ask(what, **facts)

    async def ask_once_up(self, what: str, **facts: Any) -> Any:
        """The same, but of a worker that is starting the answer is waited for."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._up.wait(), STARTING)
        return await self.ask(what, **facts)

    async def renew(self) -> None:
        """Have a new worker read all nodes anew, and take the place of this one, which first ends its run.

        Raises `WorkerDied` if the new one doesn't come up; then all stays as it was.
        """
        try:
            worker = await WorkerProcess.start(self._options)
        except OSError as error:
            raise WorkerDied(f"can't be started: {error}") from error
        try:
            told = await asyncio.wait_for(self._until_ready(worker), RENEWING)
        except TimeoutError:
            worker.kill()
            raise WorkerDied(f"wasn't ready after {RENEWING:.0f} seconds") from None
        except BaseException:
            worker.kill()
            raise
        if self._successor is not None:
            self._successor.worker.hang_up()
        self._successor = Successor(worker, told)
        self._learn(told)
        if self.run is None:
            self._retire()

    def released(self) -> None:
        """The run under way has ended."""
        self.run = None
        if self._successor is not None:
            self._retire()

    def _retire(self) -> None:
        """Let the worker end, so that its successor takes over."""
        self._ready = False
        if self._worker is not None:
            self._worker.hang_up()
            asyncio.get_running_loop().call_later(PATIENCE, self._worker.kill)

    async def info(self) -> WorkerInfo:
        """How it is."""
        told: Mapping[str, Any] = {}
        with contextlib.suppress(Unavailable, TimeoutError):
            told = await asyncio.wait_for(self.ask("info"), PATIENCE)
        return WorkerInfo(
            state="busy" if self.state == "ready" and self.run else self.state,
            pid=self._worker.pid if self._worker else None,
            run=self.run,
            restarts=self.restarts,
            memory=told.get("memory"),
            device=told.get("device"),
            weights=told.get("weights"),
            weights_budget=told.get("weights_budget"),
            loaded=told.get("loaded", []),
            results=told.get("results"),
            results_budget=told.get("results_budget"),
            disk_results=told.get("disk_results"),
            disk_results_budget=told.get("disk_results_budget"),
            error=self.error,
        )

    async def stop(self) -> None:
        """End the worker, and keep none any more."""
        self.state = "stopped"
        self._ready = False
        self._up.set()  # nobody need wait any longer
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
        if self._successor is not None:
            self._successor.worker.kill()
            await self._successor.worker.death
        if self._worker is not None:
            self._worker.hang_up()
            try:
                await asyncio.wait_for(asyncio.shield(self._worker.death), PATIENCE)
            except TimeoutError:
                self._worker.kill()
                await self._worker.death
            self._worker = None

    async def _keep(self) -> None:
        while True:
            try:
                self._worker, told = await self._begin()
                self.state = "ready"
                self._ready = True
                self._up.set()
                self._learn(told)
                cause = await asyncio.shield(self._worker.death)
            except WorkerDied as died:
                cause = str(died)
            except OSError as error:
                cause = f"can't be started: {error}"
            self._ready = False
            self._up.clear()
            self.state = "restarting"
            if self._successor is not None:
                continue
            self.restarts += 1
            self._failures += 1
            self.error = f"the worker {cause}"
            logger.error("%s", self.error)
            if self._failures > 1:
                await asyncio.sleep(min(FIRST_PAUSE * 2.0**self._failures, LONGEST_PAUSE))

    async def _begin(self) -> Successor:
        """The next worker, once it is ready."""
        successor, self._successor = self._successor, None
        if successor is None:
            self._worker = worker = await WorkerProcess.start(self._options)
            successor = Successor(worker, await self._until_ready(worker))
        return successor

    async def _until_ready(self, worker: WorkerProcess) -> Mapping[str, Any]:
        """What it tells of its nodes once it can take a run."""
        while True:
            for message in await worker.heard():
                if message.facts["tell"] == "ready":
                    return message.facts
