"""The real server in a process of its own, which can be killed and started again at the same address."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PATIENCE = 120
"""Seconds after which something hangs."""


class Served:
    """A server, its home folder, and the token that it asks for."""

    def __init__(self, home: Path, token: str | None = None) -> None:
        self.home = home
        self.token = token
        self.port = 0
        self.process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """On any free port at first, later on the same."""
        command = [sys.executable, "-m", "graphengine", "serve", "--home", str(self.home)]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "OMP_NUM_THREADS": "1", "GRAPHENGINE_TOKEN": self.token or ""},
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert "http://127.0.0.1:" in line, line
        self.port = int(line.split("http://127.0.0.1:")[1].split("/")[0].split()[0])

    def end(self, *, at_once: bool = False) -> None:
        """Stop it in order, or kill it."""
        if self.process is None:
            return
        self.process.kill() if at_once else self.process.terminate()
        self.process.wait(PATIENCE)
        if self.process.stdout is not None:
            self.process.stdout.close()
        self.process = None

    def read(self, path: str) -> bytes:
        headers = {} if self.token is None else {"Authorization": f"Bearer {self.token}"}
        request = urllib.request.Request(self.url + path, headers=headers)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return bytes(answer.read())

    def json(self, path: str) -> Any:
        return json.loads(self.read(path))


@contextlib.contextmanager
def served(home: Path, token: str | None = None) -> Iterator[Served]:
    """A server while the block runs."""
    server = Served(home, token)
    server.start()
    try:
        yield server
    finally:
        server.end()
