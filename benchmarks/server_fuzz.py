"""Send documents with mistakes in them to the server: it must answer each, soon, and not grow.

    python benchmarks/server_fuzz.py [--documents 20000]

Starts `graphengine serve` on a free port of this machine with a home folder that is removed afterwards.
Prints how many were answered how, the longest answer, and the server's memory on the way.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import aiohttp

PLUGIN = '''
"""A node that costs nothing."""

from graphengine.authoring import node


@node(category="benchmark", output=True)
def add(a: int = 1, b: int = 2) -> int:
    """Add."""
    return a + b
'''
WORKFLOW: dict[str, Any] = {
    "format": "graphengine/1",
    "parameters": {"a": "add.a"},
    "nodes": {"add": {"type": "add", "inputs": {"a": 1}}},
}
JUNK = (
    *("null", "true", "-1", "1e308", "1" + "0" * 30),
    *('""', '"\\u0000"', '"../x"', f'"{"a" * 5000}"'),
    *("[]", "{}", "[[]]", '{"from": "add.value"}', '{"from": "x"}'),
)
"""What takes the place of values, as JSON."""


def resident(pid: int) -> float:
    """Resident memory in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def mutated(randomness: random.Random) -> bytes:
    """A submission with something changed in it: a value, a name, or single bytes."""
    document = json.loads(json.dumps({"workflow": WORKFLOW, "parameters": {"a": 1}}))
    for _ in range(randomness.randint(1, 3)):
        place = document
        while isinstance(place, dict) and place:
            key = randomness.choice(list(place))
            if isinstance(place[key], dict) and place[key] and randomness.random() < 0.7:
                place = place[key]
                continue
            if randomness.random() < 0.3:
                place[randomness.choice(["", "x", "add", "a.b", "format", "nodes", "é"])] = place.pop(key)
            else:
                place[key] = json.loads(randomness.choice(JUNK))
            break
    data = bytearray(json.dumps(document).encode())
    if randomness.random() < 0.3:
        for _ in range(randomness.randint(1, 4)):
            data[randomness.randrange(len(data))] = randomness.randrange(256)
    return bytes(data)


async def fuzz(url: str, pid: int, count: int) -> None:
    """Send mutated documents to be checked; nothing but 200, 400, 404, 413 and 422 may come back."""
    randomness = random.Random(0)
    statuses: dict[int, int] = {}
    memory = []
    longest = 0.0
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        for number in range(count):
            begun = time.perf_counter()
            headers = {"Content-Type": "application/json"}
            async with session.post(
                f"{url}/api/validate", data=mutated(randomness), headers=headers
            ) as answer:
                await answer.read()
            longest = max(longest, time.perf_counter() - begun)
            statuses[answer.status] = statuses.get(answer.status, 0) + 1
            if number % max(1, count // 4) == 0:
                memory.append(round(resident(pid)))
    memory.append(round(resident(pid)))
    told = ", ".join(f"{status}: {number}" for status, number in sorted(statuses.items()))
    print(f"{count} mutated documents: {told}; the longest took {longest * 1000:.0f} ms; memory {memory} MB")
    if any(status >= 500 for status in statuses):
        raise SystemExit("a mutated document broke the server")


async def measure(count: int) -> None:
    """Start the server, and send it that many."""
    with tempfile.TemporaryDirectory() as folder:
        plugins = Path(folder) / "plugins"
        plugins.mkdir()
        (plugins / "benchmark.py").write_text(PLUGIN)
        command = (sys.executable, "-m", "graphengine", "serve", "--port", "0", "--home", folder)
        server = await asyncio.create_subprocess_exec(
            *command, "--log-level", "warning", stdout=asyncio.subprocess.PIPE
        )
        assert server.stdout is not None  # noqa: S101 - it was asked for
        try:
            url = (await server.stdout.readline()).decode().split()[-1].rstrip("/")
            await fuzz(url, server.pid, count)
        finally:
            server.terminate()
            await server.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=20_000)
    asyncio.run(measure(parser.parse_args().documents))
