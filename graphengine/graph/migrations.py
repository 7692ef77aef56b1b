"""Bringing an older document up to the format of today, one step per version."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.graph.document import FORMAT

Migration = Callable[[dict[str, Any]], dict[str, Any]]

CURRENT = int(FORMAT.partition("/")[2])
MIGRATIONS: Mapping[int, Migration] = {}
"""By format number, what turns a document of that format into one of the next; 1 is the first."""


def migrate(
    data: dict[str, Any], migrations: Mapping[int, Migration] = MIGRATIONS, current: int = CURRENT
) -> dict[str, Any]:
    """The document in the current format; raises `InvalidWorkflow` for a format that isn't known."""
    number = _number(data, current)
    if number > current:
        raise _bad_format(
            current, f"'graphengine/{number}'", "this document is newer than the program: update graphengine"
        )
    while number < current:
        step = migrations.get(number)
        if step is None:
            raise _bad_format(
                current, f"'graphengine/{number}'", "there is no way from that format to this one"
            )
        data = step(dict(data))
        number += 1
        data = {**data, "format": f"graphengine/{number}"}
    return data


def _number(data: Mapping[str, Any], current: int) -> int:
    found = data.get("format")
    if found is None:
        raise _bad_format(current, "nothing", f'write "format": "graphengine/{current}" into the document')
    match = re.fullmatch(r"graphengine/(\d{1,9})", found) if isinstance(found, str) else None
    if match is None:
        raise _bad_format(current, f"{found!r}", None)
    return int(match[1])


def _bad_format(current: int, got: str, hint: str | None) -> InvalidWorkflow:
    expected = f"'graphengine/{current}'"
    return InvalidWorkflow(
        [
            GraphEngineError(
                f"document, 'format': expected {expected}, got {got}" + (f"; {hint}" if hint else ""),
                kind="format",
                expected=expected,
                got=got,
                hint=hint,
            )
        ]
    )
