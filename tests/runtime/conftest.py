"""A runtime that knows a few nodes."""

import pytest

from graphengine.home import Home
from graphengine.runtime import Runtime
from tests.runtime.runtime_nodes import BROKEN, CALLS, CATALOGUE


@pytest.fixture
def bench(home: Home) -> Runtime:
    """A runtime for the workflow of `runtime_nodes`."""
    CALLS.clear()
    BROKEN.clear()
    return Runtime(home, catalogue=CATALOGUE)
