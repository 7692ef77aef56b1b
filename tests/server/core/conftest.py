"""A home folder with a plugin that needs no torch, and a core that is stopped when a test is over."""

import asyncio
import shutil
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from graphengine.home import Home
from graphengine.server.core import Core
from tests.server.core.troublemaker import serving


@pytest.fixture
def home(first_home: Path, tmp_path: Path) -> Home:
    """A home with the plugin."""
    shutil.copytree(first_home, tmp_path / "home")
    return Home(tmp_path / "home")


@pytest.fixture
def served(home: Home) -> Callable[[Callable[[Core], Coroutine[Any, Any, None]]], None]:
    """Runs a test with a core in an event loop; no test takes longer than a minute."""

    def run(test: Callable[[Core], Coroutine[Any, Any, None]]) -> None:
        async def go() -> None:
            async with serving(home) as core:
                await asyncio.wait_for(test(core), 60)

        asyncio.run(go())

    return run
