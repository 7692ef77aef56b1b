"""What comes sooner or later, as the machine is quick or busy, is waited for."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from tests.web.served import PATIENCE

T = TypeVar("T")
PAUSE = 0.05


def until(read: Callable[[], T], expected: T) -> None:
    """Reads again and again until it is what is expected."""
    end = time.monotonic() + PATIENCE
    while (found := read()) != expected:
        if time.monotonic() > end:
            raise AssertionError(f"expected {expected!r}, and it's still {found!r}")
        time.sleep(PAUSE)
