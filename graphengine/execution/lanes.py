"""Where nodes run: threads for CPU and IO work, an event loop for async nodes, one lane per device."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

CPU, IO, ASYNC = "cpu", "io", "async"
CPU_THREADS = max(2, os.cpu_count() or 1)
IO_THREADS = 32
ASYNC_TASKS = 256
LOADING_SECONDS = 0.1
"""What it takes a new process, at the least, to load the weights that a node on a device works with."""


def capacity(lane: str) -> int:
    """How many nodes of one run may be in a lane at once; a device's lane takes one."""
    return {CPU: CPU_THREADS, IO: IO_THREADS, ASYNC: ASYNC_TASKS}.get(lane, 1)


def seconds_again(lane: str, seconds: float) -> float:
    """What a node takes when it runs again later, where it took `seconds` now, with its weights in memory."""
    return seconds if lane in (CPU, IO) else max(seconds, LOADING_SECONDS)


class Lanes:
    """The threads of one engine, each started at its first use.

    A device's lane has one thread, so that all runs together never have two nodes on it at once.
    """

    def __init__(self) -> None:
        self._executors: dict[str, ThreadPoolExecutor] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()

    def submit(self, lane: str, work: Callable[[], Any]) -> Future[Any]:
        """Run the work in that lane."""
        with self._lock:
            executor = self._executors.get(lane)
            if executor is None:
                executor = self._executors[lane] = ThreadPoolExecutor(capacity(lane), f"graphengine-{lane}")
        return executor.submit(work)

    def submit_async(self, work: Coroutine[Any, Any, Any]) -> Future[Any]:
        """Run the coroutine on the event loop."""
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="graphengine-async", daemon=True).start()
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def close(self) -> None:
        """End the threads, once what they are at is done."""
        with self._lock:
            executors, self._executors = self._executors, {}
            loop, self._loop = self._loop, None
        for executor in executors.values():
            executor.shutdown(wait=True)
        if loop is not None:
            loop.call_soon_threadsafe(loop.stop)
