"""How fast the server takes runs while many follow its events, and what it needs when it has nothing to do.

    python benchmarks/server_load.py --rate 500 --seconds 20 --listeners 100

Starts `graphengine serve` in a home of its own with one trivial node, as many websocket listeners in a second
process, and submits runs at that rate over kept connections, whatever became of those before. The worker
works them off meanwhile. Prints JSON: milliseconds, events, bytes.
"""

import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import aiohttp

PLUGIN = '''
"""A node that does next to nothing."""

from graphengine.authoring import node


@node(category="t", output=True)
def trivial(number: int = 0) -> int:
    """Give it back."""
    return number
'''
PLAIN_GETS = 300
SETTLING = 8.0
"""Seconds in which the worker imports what models need."""


def run(number: int) -> dict[str, Any]:
    """The body of a submission."""
    nodes = {"it": {"type": "trivial", "inputs": {"number": number}}}
    return {"workflow": {"format": "graphengine/1", "nodes": nodes}}


def percentiles(seconds: list[float]) -> dict[str, float]:
    """The middle, the 99th of a hundred and the largest, in milliseconds."""
    found = sorted(seconds)
    places = {"p50": len(found) // 2, "p99": int(0.99 * len(found)), "max": -1}
    return {name: round(1000 * found[place], 2) for name, place in places.items()}


def resident_megabytes(pid: int) -> float:
    """What a process has in memory."""
    status = Path(f"/proc/{pid}/status").read_text()
    return round(int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024, 1)


async def listen(address: str, count: int) -> None:
    """Follow the events as many times, until standard input ends; print what came."""
    seen = [0, 0]
    origin = {"Origin": address.rstrip("/")}

    async def follow(session: aiohttp.ClientSession) -> None:
        async with session.ws_connect(f"{address}api/events", headers=origin, max_msg_size=0) as socket:
            async for message in socket:
                if message.type == aiohttp.WSMsgType.TEXT:
                    seen[0] += message.data.count('"sequence":')
                    seen[1] += len(message.data)

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        tasks = [asyncio.create_task(follow(session)) for _ in range(count)]
        await asyncio.sleep(1)
        print("listening", flush=True)
        await asyncio.to_thread(sys.stdin.read)
        print(json.dumps({"events": seen[0], "bytes": seen[1]}), flush=True)
        for task in tasks:
            task.cancel()


async def submit_all(address: str, rate: int, seconds: int) -> tuple[list[float], float, list[int]]:
    """Submit at that rate; what each took, what all took, and the statuses that weren't 201."""
    taken: list[float] = []
    refused: list[int] = []

    async def submit(session: aiohttp.ClientSession, number: int) -> None:
        began = time.perf_counter()
        async with session.post(f"{address}api/runs", json=run(number)) as answer:
            await answer.read()
        taken.append(time.perf_counter() - began)
        if answer.status != 201:
            refused.append(answer.status)

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=64)) as session:
        began = time.perf_counter()
        tasks = []
        for number in range(rate * seconds):
            wait = began + number / rate - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            tasks.append(asyncio.create_task(submit(session, number)))
        await asyncio.gather(*tasks)
        return taken, time.perf_counter() - began, refused


async def get(address: str, path: str, count: int) -> list[float]:
    """What each of so many requests took, one after the other."""
    taken = []
    async with aiohttp.ClientSession() as session:
        for _ in range(count):
            began = time.perf_counter()
            async with session.get(f"{address}{path}") as answer:
                await answer.read()
            taken.append(time.perf_counter() - began)
    return taken


def start(home: Path) -> tuple[subprocess.Popen[str], str, float]:
    """A server, its address, and the seconds until it answered."""
    began = time.perf_counter()
    environment = {**os.environ, "GRAPHENGINE_MAX_QUEUE": "1000000", "GRAPHENGINE_REQUESTS_PER_SECOND": "1e6"}
    server = subprocess.Popen(
        [sys.executable, "-m", "graphengine", "serve", "--home", str(home), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )
    assert server.stdout is not None  # noqa: S101 - it is a pipe
    address = re.findall(r"http://\S+", server.stdout.readline())[0]
    asyncio.run(get(address, "api/health", 1))
    return server, address, time.perf_counter() - began


def measure(home: Path, rate: int, seconds: int, listeners: int) -> dict[str, Any]:
    """All figures of one server."""
    server, address, _ = start(home)  # the first one on a machine reads the nodes
    asyncio.run(submit_all(address, 1, 1))
    server.terminate()
    server.wait()
    server, address, up = start(home)
    time.sleep(SETTLING)
    idle = resident_megabytes(server.pid)
    nodes = asyncio.run(get(address, "api/nodes", PLAIN_GETS))
    command = [sys.executable, __file__, "--listen", address, "--listeners", str(listeners)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as following:
        assert following.stdout is not None  # noqa: S101
        following.stdout.readline()
        taken, lasted, refused = asyncio.run(submit_all(address, rate, seconds))
        time.sleep(1)
        seen = json.loads(following.communicate("")[0])
    found = {
        "up_seconds": round(up, 2),
        "idle_megabytes": idle,
        "loaded_megabytes": resident_megabytes(server.pid),
        "get_nodes_milliseconds": percentiles(nodes),
        "submitted_per_second": round(len(taken) / lasted, 1),
        "refused": len(refused),
        "submit_milliseconds": percentiles(taken),
        "events_per_listener_and_second": round(seen["events"] / listeners / lasted, 1),
        "bytes_per_event": round(seen["bytes"] / max(1, seen["events"]), 1),
    }
    server.terminate()
    server.wait()
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rate", type=int, default=500)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--listeners", type=int, default=100)
    parser.add_argument("--listen", metavar="ADDRESS", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.listen:
        asyncio.run(listen(arguments.listen, arguments.listeners))
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        (home / "plugins").mkdir(parents=True)
        (home / "plugins" / "trivial.py").write_text(PLUGIN)
        print(json.dumps(measure(home, arguments.rate, arguments.seconds, arguments.listeners), indent=1))


if __name__ == "__main__":
    main()
