"""Sparing Python's garbage collector the building of large structures."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """No automatic collection inside.

    Documents and graphs are a great many containers without a cycle among them: there is nothing to collect,
    and the collector would walk all of them again and again, a third of the time for 100,000 nodes.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
