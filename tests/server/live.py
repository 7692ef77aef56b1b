"""A server in a thread, on a free port of this machine, and plain requests to it."""

import asyncio
import contextlib
import http.client
import json
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from graphengine.home import Home
from graphengine.server.core import Core, CoreSettings
from graphengine.server.serve import make_runner
from graphengine.server.settings import ServerSettings
from graphengine.server.site import Site
from tests.server.core.troublemaker import QUICK

PATIENCE = 60
"""Seconds after which something hangs."""
JSON = {"Content-Type": "application/json"}


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def kind(self) -> str:
        """Of an error."""
        return str(self.json["error"]["kind"])


@dataclass
class Live:
    """A server that runs. home: its folder. loop: of its thread."""

    home: Home
    port: int
    loop: asyncio.AbstractEventLoop
    site: Site
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        *,
        data: bytes | None = None,
    ) -> Answer:
        """Send a request; `body` as JSON, `data` as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {**self.headers, **(headers or {})}
        if body is not None:
            data = json.dumps(body).encode()
            sent = {**JSON, **sent}
        try:
            connection.request(method, path, data, sent)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers={name.replace("_", "-"): text for name, text in headers.items()})

    def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        return self.ask("POST", path, body, {name.replace("_", "-"): text for name, text in headers.items()})

    def wait_for_worker(self) -> None:
        """Until it can be asked."""
        latest = time.monotonic() + PATIENCE
        while self.get("/api/ready").status != 200:
            assert time.monotonic() < latest, "the worker doesn't start"
            time.sleep(0.05)

    def finished(self, id: str) -> dict[str, Any]:
        """The run once it has ended: its event stream says so."""
        with self.stream(f"/api/events/stream?since=0&run={id}") as lines:
            latest = time.monotonic() + PATIENCE
            for line in lines:
                assert time.monotonic() < latest, "the run doesn't end"
                if line.startswith(b"data: "):
                    event = json.loads(line[6:])
                    if event["event"] == "state" and event["state"] in ("succeeded", "failed", "cancelled"):
                        found: dict[str, Any] = self.get(f"/api/runs/{id}").json
                        return found
        raise AssertionError("the stream ended before the run")

    @contextlib.contextmanager
    def stream(self, path: str, **headers: str) -> Iterator[http.client.HTTPResponse]:
        """The answer while it comes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers={**self.headers, **headers})
            yield connection.getresponse()
        finally:
            connection.close()


@contextlib.contextmanager
def live_server(
    home: Home, settings: ServerSettings | None = None, core_settings: CoreSettings = QUICK
) -> Iterator[Live]:
    """A server while the block runs."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    core = Core(home, core_settings)
    site = Site.of(core, settings or ServerSettings(port=0))
    runner: list[web.AppRunner] = []

    async def start() -> int:
        await core.start()
        runner.append(make_runner(site))
        await runner[0].setup()
        await web.TCPSite(runner[0], "127.0.0.1", 0).start()
        return int(runner[0].addresses[0][1])

    async def stop() -> None:
        site.listeners.stop()
        await runner[0].cleanup()
        await core.stop()

    try:
        port = asyncio.run_coroutine_threadsafe(start(), loop).result(60)
        try:
            yield Live(home, port, loop, site)
        finally:
            asyncio.run_coroutine_threadsafe(stop(), loop).result(60)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
