"""One worker process, as the server sees it."""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import signal
import sys
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graphengine.server.errors import Unavailable
from graphengine.server.worker.protocol import Message, pack, receive

MOST_WAITING = 2_000
"""Messages that may wait here; the worker waits, and gathers them itself, while there are more."""
BUFFER = 4 << 20
logger = logging.getLogger(__name__)


class WorkerDied(Exception):  # noqa: N818
    """The process ended; the text says how."""


class WorkerProcess:
    """Started once; what it says about a run is got with `heard`, what it is asked is answered by `ask`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._heard: deque[Message] = deque()
        self._something = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._numbers = itertools.count(1)
        self._oom_kills = _oom_kills()
        self._killed = False
        self.death: asyncio.Task[str] = asyncio.create_task(self._listen())

    @classmethod
    async def start(cls, options: Mapping[str, Any]) -> WorkerProcess:
        """Start one; raises OSError where no process can be started."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "graphengine.server.worker",
            json.dumps(options),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=BUFFER,
        )
        return cls(process)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def send(self, facts: Mapping[str, Any]) -> None:
        """Say something; a process that has died doesn't hear it."""
        if self._process.stdin is not None and not self._process.stdin.is_closing():
            self._process.stdin.write(pack(facts))

    async def ask(self, what: str, **facts: Any) -> Any:
        """Ask something and get the answer; raises `Unavailable` where the worker dies before it answers."""
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        self.send({"do": "ask", "what": what, "number": number, **facts})
        try:
            return await answer
        finally:
            self._answers.pop(number, None)

    async def heard(self) -> list[Message]:
        """What it said since the last call, at least one message; raises `WorkerDied`."""
        while not self._heard:
            if self.death.done():
                raise WorkerDied(self.death.result())
            self._something.clear()
            await self._something.wait()
        found = list(self._heard)
        self._heard.clear()
        self._room.set()
        return found

    def forget(self) -> None:
        """Drop what it has said."""
        self._heard.clear()
        self._room.set()

    def kill(self) -> None:
        """End it at once."""
        if self._process.returncode is None:
            self._killed = True
            self._process.kill()

    def hang_up(self) -> None:
        """Let it end by itself: it does when nobody is on the line."""
        if self._process.stdin is not None:
            self._process.stdin.close()

    async def _listen(self) -> str:
        """Take in what it says until it ends; how it ended, in words."""
        reader = self._process.stdout
        try:
            while reader is not None:
                message = await receive(reader)
                if message.facts.get("tell") == "answer":
                    self._answered(message.facts)
                    continue
                self._heard.append(message)
                self._something.set()
                if len(self._heard) >= MOST_WAITING:
                    self._room.clear()
                    await self._room.wait()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        except ValueError as error:
            logger.error("the worker said what can't be understood: %s", error)
            self.kill()
        cause = self._cause(await self._process.wait())
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(Unavailable(f"the worker {cause}"))
        self._something.set()
        return cause

    def _answered(self, facts: Mapping[str, Any]) -> None:
        answer = self._answers.get(facts["number"])
        if answer is None or answer.done():
            return
        if facts.get("error") is None:
            answer.set_result(facts["value"])
        else:
            answer.set_exception(Unavailable(facts["error"]["message"]))

    def _cause(self, code: int) -> str:
        if self._killed:
            return "was ended by the server, since it didn't stop when it was told to"
        if code >= 0:
            return f"ended with code {code}"
        number = -code
        try:
            name = signal.Signals(number).name
        except ValueError:
            name = "unknown"
        text = f"was killed by signal {number} ({name})"
        if number != signal.SIGKILL:
            return text
        if _oom_kills() > self._oom_kills:
            return f"{text}, by the system, since memory ran out"
        return f"{text}, perhaps by the system for memory"


def _oom_kills() -> int:
    """How many processes the kernel has killed for memory since the system started; 0 if it doesn't tell."""
    try:
        for line in Path("/proc/vmstat").read_text(encoding="ascii").splitlines():
            if line.startswith("oom_kill "):
                return int(line.split()[1])
    except OSError:
        pass
    return 0
