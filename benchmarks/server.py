"""Measure the server: how many runs it accepts while many listen, how soon it answers, and what it weighs.

    python benchmarks/server.py [--seconds 20] [--rate 500] [--listeners 100] [--documents 20000]

Starts `graphengine serve` on a free port of this machine with a home folder that is removed afterwards.
Submissions are sent at a steady rate, each timed from when it was due, whether or not earlier ones have been
answered. The graph is one node that adds two numbers, from a plugin in that home folder. All of this shares
the machine with the server and its worker.
"""

import argparse
import asyncio
import json
import random
import statistics
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
MOST_AT_ONCE = 64
JUNK = (
    *(
        "null",
        "-1",
        "1e308",
        "1" + "0" * 30,
        '""',
        '"\\u0000"',
        '"../x"',
        f'"{"a" * 5000}"',
        "[]",
        "{}",
        "[[]]",
        "true",
    ),
    *('{"from": "add.value"}', '{"from": "x"}'),
)


def resident(pid: int) -> float:
    """Resident memory in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


class Listener:
    """A websocket that counts what it gets."""

    def __init__(self) -> None:
        self.bytes = 0
        self.frames = 0
        self.ended = 0

    async def listen(self, session: aiohttp.ClientSession, url: str) -> None:
        """Count until cancelled."""
        async with session.ws_connect(f"{url}/api/events", origin=url, max_msg_size=0) as socket:
            async for message in socket:
                self.frames += 1
                self.bytes += len(message.data)
                self.ended += message.data.count('"state":"succeeded"')


async def submit(
    session: aiohttp.ClientSession, url: str, number: int, due: float, times: list[float]
) -> None:
    """Submit one run and note how long it took since it was due."""
    body = {"workflow": WORKFLOW, "parameters": {"a": number}}
    async with session.post(f"{url}/api/runs", json=body) as answer:
        if answer.status != 201:
            raise SystemExit(f"{answer.status}: {await answer.text()}")
        await answer.read()
    times.append(time.perf_counter() - due)


async def load(url: str, rate: int, seconds: float, listeners: int) -> None:
    """Submit at that rate for so long, with so many listeners."""
    limit = aiohttp.TCPConnector(limit=MOST_AT_ONCE)
    async with aiohttp.ClientSession() as following, aiohttp.ClientSession(connector=limit) as session:
        ears = [Listener() for _ in range(listeners)]
        tasks = [asyncio.create_task(ear.listen(following, url)) for ear in ears]
        await asyncio.sleep(1)
        times: list[float] = []
        begun = time.perf_counter()
        sent: set[asyncio.Task[None]] = set()
        for number in range(int(rate * seconds)):
            due = begun + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            task = asyncio.create_task(submit(session, url, number, due, times))
            sent.add(task)
            task.add_done_callback(sent.discard)
        await asyncio.gather(*sent)
        took = time.perf_counter() - begun
        await asyncio.sleep(1)
        report(times, took, ears)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def report(times: list[float], took: float, ears: list[Listener]) -> None:
    """Print what came of the load."""
    times.sort()
    count = len(times)
    middle, late = times[count // 2] * 1000, times[int(count * 0.99)] * 1000
    print(f"{count} runs accepted in {took:.1f} s: {count / took:.0f} a second, {len(ears)} listeners")
    print(f"submit: median {middle:.1f} ms, p99 {late:.1f} ms, longest {times[-1] * 1000:.1f} ms")
    if ears:
        size = statistics.mean(ear.bytes for ear in ears)
        frames = statistics.mean(ear.frames for ear in ears)
        print(f"each listener: {size / 1e6:.2f} MB in {frames:.0f} frames, {size / count:.0f} bytes a run")
        print(f"runs that ended meanwhile: {statistics.mean(ear.ended for ear in ears):.0f}")


async def settle(url: str) -> None:
    """Wait until the queue is empty, half a minute at most; then drop what is left."""
    async with aiohttp.ClientSession() as session:
        for _ in range(60):
            async with session.get(f"{url}/api/queue") as answer:
                state = (await answer.json())["state"]
            if not state["queued"] and not state["running"]:
                return
            await asyncio.sleep(0.5)
    print(f"still in the queue: {state['queued']}")


async def catalogue(url: str) -> None:
    """Time the node catalogue, whole and unchanged."""
    etag = ""
    async with aiohttp.ClientSession() as session:
        for name in ("GET /api/nodes", "the same, unchanged (304)"):
            headers = {"If-None-Match": etag} if etag else {}
            times = []
            for _ in range(200):
                begun = time.perf_counter()
                async with session.get(f"{url}/api/nodes", headers=headers) as answer:
                    size = len(await answer.read())
                times.append(time.perf_counter() - begun)
            etag = answer.headers["ETag"]
            times.sort()
            print(f"{name}: {size} bytes, median {times[100] * 1000:.2f} ms, p99 {times[197] * 1000:.2f} ms")


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


async def measure(options: argparse.Namespace) -> None:
    """Start the server, and measure it."""
    with tempfile.TemporaryDirectory() as folder:
        plugins = Path(folder) / "plugins"
        plugins.mkdir()
        (plugins / "benchmark.py").write_text(PLUGIN)
        command = (sys.executable, "-m", "graphengine", "serve", "--port", "0", "--home", folder)
        for attempt in ("first start", "start"):
            begun = time.perf_counter()
            server = await asyncio.create_subprocess_exec(
                *command, "--log-level", "warning", stdout=asyncio.subprocess.PIPE
            )
            assert server.stdout is not None  # noqa: S101 - it was asked for
            url = (await server.stdout.readline()).decode().split()[-1].rstrip("/")
            print(f"{attempt}: {time.perf_counter() - begun:.2f} s")
            if attempt == "first start":
                server.terminate()
                await server.wait()
        try:
            await catalogue(url)
            await asyncio.sleep(3)
            print(f"idle: {resident(server.pid):.0f} MB resident")
            await load(url, options.rate, options.seconds, options.listeners)
            await settle(url)
            print(f"after that: {resident(server.pid):.0f} MB resident")
            await fuzz(url, server.pid, options.documents)
        finally:
            server.terminate()
            await server.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rate", type=int, default=500)
    parser.add_argument("--listeners", type=int, default=100)
    parser.add_argument("--documents", type=int, default=20_000)
    asyncio.run(measure(parser.parse_args()))
