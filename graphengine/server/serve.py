"""The process of the server: it listens, starts the core, and stops both in order when it is told to."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket

from aiohttp import web
from pydantic import SecretStr

from graphengine.home import Home
from graphengine.server.application import make_application
from graphengine.server.core.core import Core
from graphengine.server.core.settings import CoreSettings
from graphengine.server.errors import ServerError
from graphengine.server.journal import keep_journal
from graphengine.server.security.hosts import is_loopback
from graphengine.server.security.tokens import make_token
from graphengine.server.settings import BadSettings, ServerSettings
from graphengine.server.site import Site

logger = logging.getLogger(__name__)
BACKLOG = 1024
SHUTDOWN = 2.0
"""Seconds that answers under way have to end when the server stops."""


class CannotListen(ServerError):  # noqa: N818 - it reads as what happened
    """The address can't be listened on."""


def serve(home: Home, settings: ServerSettings) -> None:
    """Serve until SIGINT or SIGTERM. Raises `CannotListen`, `BadSettings`, and what the core raises."""
    check_home(home)
    listener = listen(settings.host, settings.port)
    with contextlib.closing(listener):
        asyncio.run(_serve(home, settings, listener))


def with_token(settings: ServerSettings) -> ServerSettings:
    """The settings, with a new token where one is needed and none is given."""
    if settings.token is not None or is_loopback(settings.host):
        return settings
    return settings.model_copy(update={"token": SecretStr(make_token())})


def check_home(home: Home) -> None:
    """Make the home folder if it isn't there; raises `BadSettings` if it can't be written to."""
    try:
        home.root.mkdir(parents=True, exist_ok=True)
        probe = home.root / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise BadSettings(
            f"the home folder '{home.root}' can't be used: {error.strerror}", kind="home_folder"
        ) from error


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there; raises `CannotListen` naming the address and the reason."""
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise CannotListen(f"there is no address '{host}': {error.strerror}", kind="address") from error
    family, kind, protocol, _, address = found[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise CannotListen(
            f"can't listen on {host}:{port}: {error.strerror}", kind="address", hint="choose another --port"
        ) from error
    return listener


async def _serve(home: Home, given: ServerSettings, listener: socket.socket) -> None:
    settings = with_token(given)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    core = Core(home, core_settings(settings))
    site = Site.of(core, settings)
    await core.start()
    runner = make_runner(site)
    journal = asyncio.create_task(keep_journal(site))
    try:
        await runner.setup()
        await web.SockSite(runner, listener).start()
        announce(settings, listener, made=settings.token is not given.token)
        await stop.wait()
        logger.info("stopping")
        site.listeners.stop()
    finally:
        journal.cancel()
        await runner.cleanup()
        await core.stop()
        logger.info("stopped")


def make_runner(site: Site) -> web.AppRunner:
    """What runs the application of a site. Compressed bodies are not unpacked, so that none can be a bomb."""
    return web.AppRunner(
        make_application(site),
        access_log=None,
        auto_decompress=False,
        shutdown_timeout=SHUTDOWN,
        handle_signals=False,
    )


def core_settings(settings: ServerSettings) -> CoreSettings:
    """What the core is told of the settings."""
    return CoreSettings(
        max_queued=settings.max_queue,
        max_nodes=settings.max_nodes,
        keep_runs=settings.keep_runs,
        memory_budget=settings.memory,
        cache=settings.cache,
        cache_budget=settings.cache_memory,
        disk_cache=settings.disk_cache,
        stop_grace=settings.stop_seconds,
    )


def announce(settings: ServerSettings, listener: socket.socket, *, made: bool) -> None:
    """Print where the server is; with the token if it was `made` just now, as nobody knows it yet.

    It stands behind `#`, which browsers don't send, so that no log of a proxy has it.
    """
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{listener.getsockname()[1]}/"
    if made and settings.token is not None:
        address += f"#token={settings.token.get_secret_value()}"
    print(f"graphengine is at {address}", flush=True)
