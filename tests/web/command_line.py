"""The command line in a process of its own, which does one call after another: it imports torch once."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

CALLS = """
import json, sys
from graphengine.cli.main import call
for line in sys.stdin:
    print("\\x00", call(json.loads(line)), flush=True)
"""


class CommandLine:
    """`graphengine`, with an empty home folder."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def __call__(self, *arguments: str) -> tuple[int, str]:
        """The exit code, and what it said."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(arguments) + "\n")
        self._process.stdin.flush()
        said: list[str] = []
        for line in self._process.stdout:
            if line.startswith("\x00"):
                return int(line[1:]), "".join(said)
            said.append(line)
        raise AssertionError(f"the command line ended: {''.join(said)}")


@contextlib.contextmanager
def command_line(home: Path) -> Iterator[CommandLine]:
    """One while the block runs."""
    with subprocess.Popen(
        [sys.executable, "-c", CALLS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1", "GRAPHENGINE_HOME": str(home)},
    ) as process:
        yield CommandLine(process)
        process.kill()
