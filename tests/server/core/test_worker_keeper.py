"""A worker that can't be kept alive is told, and tried again after growing pauses."""

import asyncio
from typing import Any

import pytest

from graphengine.server.core import worker_keeper
from graphengine.server.core.worker_keeper import WorkerKeeper
from graphengine.server.core.worker_process import WorkerProcess
from graphengine.server.errors import Unavailable


def test_pauses_grow_and_the_reason_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    sleep = asyncio.sleep

    async def note(seconds: float) -> None:
        pauses.append(seconds)
        await sleep(0)
        if len(pauses) == 12:
            await asyncio.Event().wait()

    async def no_process(options: Any) -> WorkerProcess:
        raise OSError("no more processes")

    monkeypatch.setattr(worker_keeper.asyncio, "sleep", note)
    monkeypatch.setattr(WorkerProcess, "start", no_process)

    async def test() -> None:
        keeper = WorkerKeeper({}, lambda told: None)
        keeper.start()
        while len(pauses) < 12:
            await sleep(0)
        info = await keeper.info()
        assert (info.state, info.pid, info.memory) == ("restarting", None, None)
        assert info.error == "the worker can't be started: no more processes"
        with pytest.raises(Unavailable, match="is starting"):
            await keeper.ask("models")
        await keeper.stop()
        assert keeper.state == "stopped"

    asyncio.run(test())
    assert pauses == sorted(pauses)
    assert pauses[-1] == worker_keeper.LONGEST_PAUSE


def test_a_worker_that_ends_before_it_is_ready_is_told() -> None:
    async def test() -> None:
        keeper = WorkerKeeper({"server": 0, "nonsense": True}, lambda told: None)  # not its parent: it leaves
        keeper.start()
        while keeper.error is None:
            await asyncio.sleep(0.01)
        assert keeper.worker is None
        assert keeper.error == "the worker ended with code 0"
        await keeper.stop()

    asyncio.run(test())
