"""What a worker has to say, on its way to the server."""

import threading
from collections.abc import Mapping
from typing import Any, BinaryIO

from graphengine.server.worker.protocol import pack


class Outbox:
    """Sends in a thread of its own; of a node's progress and previews that wait, only the newest are sent."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._waiting: list[tuple[Mapping[str, Any], bytes]] = []
        self._replaceable: dict[tuple[str, str], int] = {}
        self._sending = False
        self._something = threading.Condition()
        threading.Thread(target=self._send_all, name="graphengine-say", daemon=True).start()

    def say(
        self, facts: Mapping[str, Any], payload: bytes = b"", newest: tuple[str, str] | None = None
    ) -> None:
        """Say something. newest: takes the place of what waits under the same name."""
        with self._something:
            if newest is not None:
                known = self._replaceable.setdefault(newest, len(self._waiting))
                if known < len(self._waiting):
                    self._waiting[known] = (facts, payload)
                    return
            self._waiting.append((facts, payload))
            self._something.notify_all()

    def flush(self) -> None:
        """Wait until all that was said is on its way."""
        with self._something:
            self._something.wait_for(lambda: not self._waiting and not self._sending)

    def _send_all(self) -> None:
        while True:
            with self._something:
                self._sending = False
                self._something.notify_all()
                self._something.wait_for(lambda: self._waiting)
                self._sending = True
                waiting, self._waiting = self._waiting, []
                self._replaceable.clear()
            data = memoryview(b"".join(pack(facts, payload) for facts, payload in waiting))
            try:
                while data:
                    data = data[self._file.write(data) or 0 :]
            except OSError:  # the server has gone, and so will this process
                return
