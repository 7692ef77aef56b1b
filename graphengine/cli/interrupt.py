"""Ctrl-C as a request to stop between steps; a second one ends the process at once."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from graphengine.cli.exit_codes import INTERRUPTED

SHOW_CURSOR = "\x1b[?25h"


@contextmanager
def interruptible(cancel: Callable[[], None]) -> Iterator[None]:
    """Call `cancel` at the first SIGINT; the second ends the process, whatever its threads are at."""
    asked = False

    def request(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            _end()
        asked = True
        cancel()

    if threading.current_thread() is not threading.main_thread():  # only that one may handle signals
        yield
        return
    before = signal.signal(signal.SIGINT, request)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _end() -> NoReturn:
    """Leave without waiting: threads in the middle of a computation can't be stopped otherwise.

    Nothing is lost that was finished: files get their names only when they are whole.
    """
    restore = f"\r{SHOW_CURSOR}" if sys.stderr.isatty() else ""
    os.write(2, f"{restore}interrupted\n".encode())  # sys.stderr may be locked by a thread
    os._exit(INTERRUPTED)
