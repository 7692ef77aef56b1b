"""Kills the server and its worker at random moments under load, then looks whether all is as it was promised.

    python benchmarks/server_kill.py --moments 200

A forked server is under load from four clients, with at most 60 runs waiting. At moments drawn uniformly it
is killed with SIGKILL, or its worker is, or both. Clients whose answer never came ask again with the same
key, of the next server. At the end a last server works off what is left. Prints JSON; `lost`, `unfinished`,
`twice`, `without_picture`, `half_written`, `orphans` and `failed_otherwise` must be empty, and `integrity`
"ok". Runs may fail in two ways, counted under `failed`: `worker_died`, since the worker was killed while they
ran, and `interrupted`, since servers were killed twice while they ran.
"""

import argparse
import asyncio
import contextlib
import hashlib
import json
import os
import random
import secrets
import select
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any, NoReturn

from graphengine.home import Home
from graphengine.server.core import Core, CoreSettings
from graphengine.server.models import SubmitRequest

PLUGIN = '''
"""A node that leaves a witness of each time that it runs."""

import numpy as np

from graphengine.authoring import Context, node


@node(category="t", output=True)
def witness(key: str, *, context: Context) -> None:
    """Note the key, and draw it."""
    with (context.home.root / "witness").open("a") as file:
        file.write(key + "\\n")
    pixels = np.frombuffer(bytes.fromhex(key), dtype=np.uint8)
    context.output(np.tile(pixels, (8, 3)).reshape(-1, 8, 3))
'''
SETTINGS = CoreSettings(preload=False, disk_cache=0, stop_grace=5.0)
CLIENTS = 4
BY_KILLS = ("worker_died", "interrupted")
"""How runs fail of which the worker, or the server for the second time, was killed while they ran."""
MOST_WAITING = 60


def request(key: str) -> SubmitRequest:
    """A run of one node."""
    nodes = {"it": {"type": "witness", "inputs": {"key": key}}}
    return SubmitRequest(workflow={"format": "graphengine/1", "nodes": nodes})


def say(out: int, *words: object) -> None:
    """Tell the parent, which reads it even if this process is killed right after."""
    os.write(out, (" ".join(map(str, words)) + "\n").encode())


async def serve(home: Home, out: int, unanswered: list[str]) -> None:
    """A server under load, until it is killed."""
    core = Core(home, SETTINGS)
    await core.start()
    say(out, "up")

    async def client(keys: list[str]) -> None:
        while True:
            if not keys and (await core.queue.state()).queued > MOST_WAITING:
                await asyncio.sleep(0.005)
                continue
            key = keys.pop() if keys else secrets.token_hex(8)
            say(out, "asked", key)
            run, _ = await core.runs.submit(request(key), key)
            say(out, "accepted", key, run.id)

    async def watch() -> None:
        known = None
        while True:
            pid = (await core.worker()).pid
            if pid is not None and pid != known:
                known = pid
                say(out, "worker", pid)
            await asyncio.sleep(0.01)

    await asyncio.gather(watch(), *(client(unanswered[number::CLIENTS]) for number in range(CLIENTS)))


async def work_off(home: Home, *keys: str) -> None:
    """A server without load but these, until nothing is left to do."""
    core = Core(home, SETTINGS)
    await core.start()
    for key in keys:
        await core.runs.submit(request(key), key)
    async with core.events.subscribe() as following:
        while True:
            counts = await core.queue.counts()
            if not counts["queued"] + counts["running"]:
                break
            await following.next()
    await core.stop()


class Driver:
    """Starts servers, kills them, and remembers what they said."""

    def __init__(self, home: Home, seed: int) -> None:
        self.home = home
        self.accepted: dict[str, str] = {}
        self.asked: dict[str, None] = {}
        self.workers: list[int] = []
        self.kills: Counter[str] = Counter()
        self.starts: list[float] = []
        self._longest_wait = 0.0
        self._draw = random.Random(seed)
        self._server: int | None = None

    def begin(self) -> None:
        """Have one run, to see how long a server takes here until it works."""
        began = time.perf_counter()
        in_child(work_off(self.home, secrets.token_hex(8)))
        self._longest_wait = 1.5 * (time.perf_counter() - began)

    def moment(self) -> None:
        """Let a server work for a while, and kill something."""
        if self._server is None:
            self._start()
        self._listen(self._draw.uniform(0, self._longest_wait))
        victims = self._draw.choice((("server",), ("server",), ("worker",), ("worker", "server")))
        self.kills[" and ".join(victims)] += 1
        for victim in victims:
            if victim == "worker" and self.workers:
                kill(self.workers[-1])
            elif victim == "server" and self._server is not None:
                self._end_server()

    def finish(self) -> None:
        """Kill the last one, and have what is left worked off."""
        if self._server is not None:
            self._end_server()
        in_child(work_off(self.home))

    def _start(self) -> None:
        self._pipe, out = os.pipe()
        began = time.perf_counter()
        unanswered = [key for key in self.asked if key not in self.accepted]
        child = os.fork()
        if not child:
            os.close(self._pipe)
            run_and_leave(serve(self.home, out, unanswered))
        os.close(out)
        self._server = child
        self._unread = b""
        while not self._read(10.0):
            pass
        self.starts.append(time.perf_counter() - began)

    def _end_server(self) -> None:
        os.kill(self._server or 0, signal.SIGKILL)
        os.waitpid(self._server or 0, 0)
        self._server = None
        while self._read(10.0):
            pass
        os.close(self._pipe)

    def _listen(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)

    def _read(self, patience: float) -> bool:
        """Take in what the server says; whether it said anything in time."""
        if not select.select([self._pipe], [], [], patience)[0]:
            return False
        data = os.read(self._pipe, 1 << 16)
        *lines, self._unread = (self._unread + data).split(b"\n")
        for line in lines:
            what, *words = line.decode().split()
            if what == "asked":
                self.asked[words[0]] = None
            elif what == "accepted":
                self.accepted[words[0]] = words[1]
            elif what == "worker":
                self.workers.append(int(words[0]))
        return bool(data)


def run_and_leave(work: Coroutine[Any, Any, None]) -> NoReturn:
    """Run it and leave this process at once, however it ends."""
    code = 1
    try:
        asyncio.run(work)
        code = 0
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os._exit(code)


def in_child(work: Coroutine[Any, Any, None]) -> None:
    """Run it in a process of its own, to its end."""
    child = os.fork()
    if not child:
        run_and_leave(work)
    work.close()
    if os.waitpid(child, 0)[1]:
        raise SystemExit("a server that nobody killed has failed")


def kill(pid: int) -> None:
    """Kill a process that may have ended by now."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def findings(driver: Driver) -> dict[str, Any]:
    """What is wrong, and how much there was."""
    root = driver.home.root
    db = sqlite3.connect(root / "graphengine.sqlite")
    rows = db.execute("SELECT id, idempotency_key, state, transitions, attempt FROM runs").fetchall()
    failed = {
        id: json.loads(error)["kind"]
        for id, error in db.execute("SELECT id, error FROM runs WHERE state = 'failed'")
    }
    by_key = Counter(key for _, key, _, _, _ in rows)
    ids = {id for id, _, _, _, _ in rows}
    success = '%"event":"state","state":"succeeded"%'
    told = Counter(row[0] for row in db.execute("SELECT run FROM events WHERE json LIKE ?", (success,)))
    ran = Counter((root / "witness").read_text().split())
    twice = [
        id
        for id, key, state, transitions, attempt in rows
        if by_key[key] != 1
        or sum(each[0] == "succeeded" for each in json.loads(transitions)) != (state == "succeeded")
        or told[id] != (state == "succeeded")
        or ran[key] > attempt
    ]
    records = {row[0] for row in db.execute("SELECT sha256 FROM artifacts")}
    pictures = dict(
        db.execute(
            "SELECT runs.id, count(artifacts.id) FROM runs LEFT JOIN artifacts"
            " ON artifacts.run = runs.sequence WHERE state = 'succeeded' GROUP BY runs.id"
        )
    )
    return {
        "kills": dict(driver.kills),
        "asked": len(driver.asked),
        "accepted": len(driver.accepted),
        "states": dict(Counter(state for _, _, state, _, _ in rows)),
        "failed": dict(Counter(failed.values())),
        "failed_otherwise": [id for id, kind in failed.items() if kind not in BY_KILLS],
        "attempts": dict(Counter(attempt for _, _, _, _, attempt in rows)),
        "slowest_start_seconds": round(max(driver.starts), 3),
        "lost": [id for id in driver.accepted.values() if id not in ids],
        "unfinished": [id for id, _, state, _, _ in rows if state not in ("succeeded", "failed")],
        "twice": twice,
        "without_picture": [id for id, number in pictures.items() if number != 1],
        "half_written": list(half_written(root / "artifacts", records)),
        "orphans": [pid for pid in set(driver.workers) if is_worker(pid)],
        "integrity": db.execute("PRAGMA integrity_check").fetchone()[0],
    }


def half_written(folder: Path, records: set[str]) -> Iterator[str]:
    """Files that aren't what their names say, that no record speaks of, or that are missing."""
    files = {path.name.partition(".")[0]: path for path in folder.glob("??/*")}
    yield from records - files.keys()
    for name, path in files.items():
        if name not in records or hashlib.sha256(path.read_bytes()).hexdigest() != name:
            yield path.name


def is_worker(pid: int) -> bool:
    """Whether that process still is a worker."""
    try:
        return b"graphengine.server.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def read_nodes(home: Home) -> None:
    """Put the plugin into a new home folder, and have its nodes read, which takes long the first time."""
    home.plugins.mkdir(parents=True)
    (home.plugins / "witness.py").write_text(PLUGIN)
    read = "import sys, graphengine; graphengine.Runtime(sys.argv[1]).catalogue"
    subprocess.run([sys.executable, "-c", read, str(home.root)], check=True)


def main() -> None:
    """Kill, look, report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument("--seed", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        read_nodes(home)
        driver = Driver(home, arguments.seed)
        driver.begin()
        for _ in range(arguments.moments):
            driver.moment()
        driver.finish()
        print(json.dumps(findings(driver)))


if __name__ == "__main__":
    main()
