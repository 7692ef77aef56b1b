"""Moving what was written from the log into the database, beside the writer, who so needn't wait for that."""

from __future__ import annotations

import logging
import sqlite3
import threading
from pathlib import Path

from graphengine.server.core.database import connect

PAUSE = 0.5
"""Seconds between two looks at whether there is something to move."""
LONGEST_LOG = 64 << 20
"""Bytes of the log; beyond these the writer is made to wait, so that it can begin the log anew."""
logger = logging.getLogger(__name__)


class Checkpoints:
    """A thread with a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._log = path.with_name(f"{path.name}-wal")
        self._written = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="graphengine-checkpoint", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def note(self) -> None:
        """Something was written."""
        self._written.set()

    def stop(self) -> None:
        """End; what is left is moved when the database is closed."""
        self._ended.set()
        self._thread.join()

    def _work(self) -> None:
        connection = connect(self._path)
        while not self._ended.wait(PAUSE):
            if self._written.is_set():
                self._written.clear()
                try:
                    kind = "RESTART" if self._log.stat().st_size > LONGEST_LOG else "PASSIVE"
                    connection.execute(f"PRAGMA wal_checkpoint({kind})")
                except (OSError, sqlite3.Error) as error:  # a full disk: the log holds it all
                    logger.debug("no checkpoint of %s: %s", self._path, error)
        connection.close()
