"""One server for all tests that only speak to it; those that need another start their own."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphengine.home import Home
from tests.server.core.troublemaker import PLUGIN
from tests.server.live import Live, live_server


@pytest.fixture(scope="session")
def first_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the plugin, in which the nodes have been read once."""
    home = Home(tmp_path_factory.mktemp("first") / "home")
    home.plugins.mkdir(parents=True)
    (home.plugins / "trouble.py").write_text(PLUGIN)
    program = "import sys, graphengine.runtime; graphengine.runtime.Runtime(sys.argv[1]).catalogue"
    subprocess.run([sys.executable, "-c", program, str(home.root)], check=True)
    return home.root


@pytest.fixture(scope="session")
def live(first_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server that all tests share."""
    root = tmp_path_factory.mktemp("live") / "home"
    shutil.copytree(first_home, root)
    with live_server(Home(root)) as server:
        yield server
