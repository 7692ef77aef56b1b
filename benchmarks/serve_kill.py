"""Kills `graphengine serve` and its worker at random moments while clients submit over HTTP.

    python benchmarks/serve_kill.py --moments 100

The same as `server_kill.py`, with the process that people start, all of it: moments are drawn from its
beginning on, so that it is killed while it starts, too. Four clients submit runs, each under a key of its
own; whoever gets no answer asks again with the same key until there is one, and some ask again although there
was. At the end a last server works off what is left, and is told to stop. Prints JSON; `lost`, `unfinished`,
`twice`, `without_picture`, `half_written`, `orphans`, `failed_otherwise` and `other_answers` must be empty,
`integrity` "ok", and `exit_code` 0; `failed` as in `server_kill.py`.
"""

import argparse
import contextlib
import json
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from server_kill import CLIENTS, MOST_WAITING, findings, kill, read_nodes

from graphengine.client.connection import Connection
from graphengine.errors import GraphEngineError
from graphengine.home import Home

PATIENCE = 300.0
"""Seconds after which something hangs."""
PAUSE = 0.02


def until(done: Callable[[], object], what: str) -> None:
    """Wait for it."""
    latest = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > latest:
            raise SystemExit(f"in {PATIENCE:.0f} seconds it didn't come to this: {what}")
        time.sleep(PAUSE)


class Driver:
    """Starts servers, kills them, and has clients submit runs all the while."""

    def __init__(self, home: Home, seed: int) -> None:
        self.home = home
        self.accepted: dict[str, str] = {}
        self.asked: dict[str, None] = {}
        self.other_answers: list[str] = []
        self.workers: list[int] = []
        self.kills: Counter[str] = Counter()
        self.starts: list[float] = []
        self.exit_code: int | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self._url = f"http://127.0.0.1:{self._port}"
        self._draw = random.Random(seed)
        self._server: subprocess.Popen[str] | None = None
        self._ending = threading.Event()
        self._longest_wait = 0.0
        self._clients = [threading.Thread(target=self._submit, daemon=True) for _ in range(CLIENTS)]

    def begin(self) -> None:
        """Start the clients, and see how long it takes here until the first run is over."""
        began = time.perf_counter()
        self._start()
        for client in self._clients:
            client.start()
        until(lambda: self._counts("succeeded"), "a run that has succeeded")
        self._longest_wait = 1.2 * (time.perf_counter() - began)

    def moment(self) -> None:
        """Let a server work for a while, and kill something."""
        if self._server is None:
            self._start()
        time.sleep(self._draw.uniform(0, self._longest_wait))
        self._note_workers()
        victims = self._draw.choice((("server",), ("server",), ("worker",), ("worker", "server")))
        self.kills[" and ".join(victims)] += 1
        if "worker" in victims and self.workers:
            kill(self.workers[-1])
        if "server" in victims:
            self._end(signal.SIGKILL)

    def finish(self) -> None:
        """Have a last server answer what was asked, work off what is left, and stop."""
        self._end(signal.SIGKILL)
        self._start()
        self._ending.set()
        for client in self._clients:
            client.join(PATIENCE)
        until(lambda: not self._counts("queued") + self._counts("running"), "an empty queue")
        self._note_workers()
        self.exit_code = self._end(signal.SIGTERM)

    def _start(self) -> None:
        began = time.perf_counter()
        command = [sys.executable, "-m", "graphengine", "serve", "--home", str(self.home.root)]
        self._server = server = subprocess.Popen(
            [*command, "--port", str(self._port), "--log-level", "error"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

        def hear() -> None:
            if server.stdout is not None and "is at" in server.stdout.readline():
                self.starts.append(time.perf_counter() - began)

        threading.Thread(target=hear, daemon=True).start()

    def _end(self, number: int) -> int | None:
        """Send the server a signal that ends it; its exit code."""
        self._note_workers()
        server, self._server = self._server, None
        if server is None:
            return None
        server.send_signal(number)
        return server.wait(PATIENCE)

    def _note_workers(self) -> None:
        """Remember the processes that the server started."""
        server = self._server
        if server is None:
            return
        with contextlib.suppress(OSError):
            children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
            self.workers += [int(pid) for pid in children if int(pid) not in self.workers]

    def _submit(self) -> None:
        """A client: a run under a key, until it is accepted, and then the next."""
        connection = Connection(self._url, timeout=60.0)
        while not self._ending.is_set():
            key = secrets.token_hex(8)
            nodes = {"it": {"type": "witness", "inputs": {"key": key}}}
            body = {"workflow": {"format": "graphengine/1", "nodes": nodes}}
            self.asked[key] = None
            answers = 0
            while answers < 1 + secrets.randbelow(2):  # some ask again although they were answered
                try:
                    answer = connection.json("POST", "/api/runs", body, headers={"Idempotency-Key": key})
                except GraphEngineError:  # nobody is there, or the queue is full
                    time.sleep(PAUSE)
                    continue
                if self.accepted.setdefault(key, answer["id"]) != answer["id"]:
                    self.other_answers.append(key)
                answers += 1

    def _counts(self, state: str) -> int:
        try:
            found = Connection(self._url, timeout=60.0).json(
                "GET", "/api/runs", query={"state": state, "limit": 1}
            )
        except GraphEngineError:
            return 1 if state != "succeeded" else 0
        return len(found["runs"])


def main() -> None:
    """Kill, look, report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--moments", type=int, default=100)
    parser.add_argument("--seed", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        read_nodes(home)
        (home.root / "server.toml").write_text(f"max_queue = {MOST_WAITING}\ndisk_cache = 0\n")
        driver = Driver(home, arguments.seed)
        began = time.perf_counter()
        driver.begin()
        for _ in range(arguments.moments):
            driver.moment()
        driver.finish()
        found = findings(driver)
        found |= {"other_answers": driver.other_answers, "exit_code": driver.exit_code}
        print(json.dumps({**found, "seconds": round(time.perf_counter() - began)}))


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
