"""Server-sent events (WHATWG HTML, 9.2), as far as the server uses them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any


def read_event_stream(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The JSON of each event's `data`; comments, which only show that the connection lives, are dropped."""
    data: list[str] = []
    for raw in lines:
        line = raw.decode("utf-8").rstrip("\r\n")
        if not line:
            if data:
                yield json.loads("\n".join(data))
            data.clear()
            continue
        name, _, value = line.partition(":")
        if name == "data":
            data.append(value.removeprefix(" "))
