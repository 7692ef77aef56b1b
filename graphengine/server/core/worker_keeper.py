"""Keeping a worker alive."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping
from typing import Any

from graphengine.server.core.worker_process import WorkerDied, WorkerProcess
from graphengine.server.errors import Unavailable
from graphengine.server.models import WorkerInfo, WorkerState

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 30.0
STARTING = 60.0
"""Seconds that a worker may take to start."""
PATIENCE = 2.0
"""Seconds to wait for the answer to a question about the worker itself."""
logger = logging.getLogger(__name__)


class WorkerKeeper:
    """Starts a worker, and another when it has died: at once, then after pauses that double.

    options: what a worker is started with. learn: called with what it tells of its nodes, once it is ready.
    """

    def __init__(self, options: Mapping[str, Any], learn: Callable[[Mapping[str, Any]], None]) -> None:
        self._options = options
        self._learn = learn
        self._worker: WorkerProcess | None = None
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
        if self.worker is None:
            raise Unavailable("the worker is starting", hint="try again in a few seconds")
        return await self.worker.ask(what, **facts)

    async def ask_once_up(self, what: str, **facts: Any) -> Any:
        """The same, but of a worker that is starting the answer is waited for."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._up.wait(), STARTING)
        return await self.ask(what, **facts)

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
                self._worker = await WorkerProcess.start(self._options)
                told = await self._until_ready(self._worker)
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
            self.restarts += 1
            self._failures += 1
            self.error = f"the worker {cause}"
            logger.error("%s", self.error)
            if self._failures > 1:
                await asyncio.sleep(min(FIRST_PAUSE * 2.0**self._failures, LONGEST_PAUSE))

    async def _until_ready(self, worker: WorkerProcess) -> Mapping[str, Any]:
        """What it tells of its nodes once it can take a run."""
        while True:
            for message in await worker.heard():
                if message.facts["tell"] == "ready":
                    return message.facts
