"""Clients that follow the events and read nothing: they cost little, hold nobody up, and are let go of."""

import asyncio
import contextlib
import gc
import json
import shutil
import socket
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import aiohttp
import pytest

from graphengine.home import Home
from graphengine.server.core import PreviewEvent, subscription
from graphengine.server.core.transaction import Transaction
from graphengine.server.routes import events
from tests.server.live import PATIENCE, Live, live_server

FILLING, MORE = 15, 30
"""Rounds of telling: after the first ones all that may wait for a client does, and the others add nothing."""
AT_ONCE = 200
PADDING = "x" * 1000
PREVIEWS_AT_ONCE, PREVIEW_SIZE = 10, 100_000
MOST_WAITING = 400
MAY_GROW = 3 * MOST_WAITING * 2 * len(PADDING)
"""Bytes by which what waits goes up and down: events and their encoded forms, for three clients."""
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
                    if len(self.numbers) >= (FILLING + MORE) * AT_ONCE:
                        return


def tell(live: Live, rounds: int) -> None:
    """Store events and publish previews, as runs would."""

    def some(transaction: Transaction) -> None:
        for _ in range(AT_ONCE):
            transaction.tell("queue", None, {"paused": False, "padding": PADDING})

    async def one_round(number: int) -> None:
        await live.site.core._store.write(some)
        for node in range(PREVIEWS_AT_ONCE):
            live.site.core._hub.preview(PreviewEvent(f"run {number}", f"node {node}", bytes(PREVIEW_SIZE)))

    for number in range(rounds):
        asyncio.run_coroutine_threadsafe(one_round(number), live.loop).result(PATIENCE)


def until(what: str, done: Callable[[], bool]) -> None:
    latest = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < latest, what
        time.sleep(0.02)


def in_use() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def test_they_cost_little_hold_nobody_up_and_are_let_go_of(
    first_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subscription, "MOST_WAITING", MOST_WAITING)
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
        followed = live.site.listeners._followed
        until("all follow", lambda: len(followed) == 4)
        tracemalloc.start()
        try:
            tell(live, FILLING)
            until("the first events are read", lambda: len(reader.numbers) == FILLING * AT_ONCE)
            filled = in_use()
            tell(live, MORE)
            reader.join(PATIENCE)
            grown = in_use() - filled
        finally:
            tracemalloc.stop()
        assert reader.numbers == sorted(set(reader.numbers))
        assert len(reader.numbers) == (FILLING + MORE) * AT_ONCE
        assert grown < MAY_GROW < MORE * AT_ONCE * len(PADDING) / 2, f"{grown:,} bytes more are still there"
        until("those who read nothing are let go of", lambda: not followed)
        assert live.get("/api/health").status == 200
