"""What every test relies on: no download, and a home folder of its own."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from graphengine.home import Home

os.environ["HF_HUB_OFFLINE"] = "1"
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # torch: the processors are shared out among the workers
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")  # a busy machine is no reason to fail


def pytest_collection_finish() -> None:
    """Leave the modules and thousands of tests, which stay to the end, out of every later `gc.collect`."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An empty home folder, which processes started by the test find too."""
    root = tmp_path / "home"
    monkeypatch.setenv("GRAPHENGINE_HOME", str(root))
    return Home(root)
