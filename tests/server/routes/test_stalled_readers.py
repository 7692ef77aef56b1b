"""Clients that follow the events and read nothing: they cost little, hold nobody up, and are let go of."""

import asyncio
import contextlib
import json
import shutil
import socket
import threading
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from graphengine.home import Home
from graphengine.server.core import PreviewEvent, subscription
from graphengine.server.core.transaction import Transaction
from graphengine.server.routes import events
from tests.server.live import PATIENCE, Live, live_server

ROUNDS, AT_ONCE = 60, 200
PADDING = "x" * 1000
PREVIEW_SIZE = 100_000
TOLD = ROUNDS * (AT_ONCE * len(PADDING) + PREVIEW_SIZE * 10)
"""Bytes that each follower is told."""
HANDSHAKE = (
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + "A" * 22
)


@contextlib.contextmanager
def stalled(live: Live, path: str, more: str = "") -> Iterator[socket.socket]:
    """A client that asks, reads the head of the answer, and then nothing."""
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", live.port))
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{live.port}\r\nOrigin: {live.url}\r\n{more}\r\n"
        client.sendall(head.encode())
        assert client.recv(12) in (b"HTTP/1.1 101", b"HTTP/1.1 200")
        yield client


class Reader(threading.Thread):
    """A client that reads all; `numbers` are those of the events that it got."""

    def __init__(self, live: Live) -> None:
        super().__init__(daemon=True)
        self.numbers: list[int] = []
        self.following = threading.Event()
        self._live = live

    def run(self) -> None:
        asyncio.run(self._read())

    async def _read(self) -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(f"{self._live.url}/api/events", origin=self._live.url) as websocket,
        ):
            self.following.set()
            async for message in websocket:
                if message.type == aiohttp.WSMsgType.TEXT:
                    self.numbers += [each["sequence"] for each in json.loads(message.data)]
                    if len(self.numbers) >= ROUNDS * AT_ONCE:
                        return


def tell(live: Live) -> None:
    """Store events and publish previews, as runs would."""

    def some(transaction: Transaction) -> None:
        for _ in range(AT_ONCE):
            transaction.tell("queue", None, {"paused": False, "padding": PADDING})

    async def one_round(number: int) -> None:
        await live.site.core._store.write(some)
        for node in range(10):
            live.site.core._hub.preview(PreviewEvent(f"run {number}", f"node {node}", bytes(PREVIEW_SIZE)))

    for number in range(ROUNDS):
        asyncio.run_coroutine_threadsafe(one_round(number), live.loop).result(PATIENCE)


def until(done: object, live: Live, count: int) -> None:
    latest = time.monotonic() + PATIENCE
    while len(live.site.listeners._followed) != count:
        assert time.monotonic() < latest, done
        time.sleep(0.02)


def test_they_cost_little_hold_nobody_up_and_are_let_go_of(
    first_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subscription, "MOST_WAITING", 500)
    monkeypatch.setattr(events, "STALLED", 15.0)
    shutil.copytree(first_home, tmp_path / "home")
    with (
        live_server(Home(tmp_path / "home")) as live,
        stalled(live, "/api/events", HANDSHAKE + "==\r\n"),
        stalled(live, "/api/events?run=run%201", HANDSHAKE + "==\r\n"),
        stalled(live, "/api/events/stream"),
    ):
        reader = Reader(live)
        reader.start()
        assert reader.following.wait(PATIENCE)
        until("all follow", live, 4)
        tracemalloc.start()
        try:
            before = tracemalloc.get_traced_memory()[0]
            tell(live)
            reader.join(PATIENCE)
            grown = tracemalloc.get_traced_memory()[0] - before
        finally:
            tracemalloc.stop()
        assert len(reader.numbers) == ROUNDS * AT_ONCE
        assert reader.numbers == sorted(set(reader.numbers))
        assert grown < TOLD / 5, f"{grown:,} of {TOLD:,} bytes are still there"
        until("those who read nothing are let go of", live, 0)
        assert live.get("/api/health").status == 200
