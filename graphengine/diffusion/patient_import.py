"""Import what takes seconds to import, and look up meanwhile."""

import contextlib
import importlib
import sys
import threading
from collections.abc import Callable

PATIENCE = 0.1
"""Seconds between two checks."""


def import_while_checking(*modules: str, check: Callable[[], None]) -> None:
    """Import modules in a thread, calling `check` all the while; what it raises ends the wait.

    The import itself goes on then, so that it is done when it is next needed. An import that fails is left
    to fail again where the module is used.
    """
    if all(is_imported(name) for name in modules):
        return
    ended = threading.Event()

    def work() -> None:
        try:
            with contextlib.suppress(ImportError):
                for name in modules:
                    importlib.import_module(name)
        finally:
            ended.set()

    # No daemon: a process that ends while an extension module is being imported may crash.
    threading.Thread(target=work, name="graphengine-import").start()
    while not ended.wait(PATIENCE):
        check()


def is_imported(name: str) -> bool:
    """Whether a module is there, and not in the middle of being imported by some thread."""
    module = sys.modules.get(name)
    return module is not None and not getattr(module.__spec__, "_initializing", False)
