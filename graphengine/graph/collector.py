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


@contextmanager
def collector_sparing_what_is_there() -> Iterator[None]:
    """Automatic collections inside look only at what was made since.

    A run goes on beside a large graph that it holds from beginning to end: to walk that again and again finds
    nothing, and makes the cost of a node grow with the graph.
    """
    if gc.get_freeze_count():  # somebody else's, or another run's
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
