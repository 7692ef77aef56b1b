"""What of a node's values is told with its end: enough of each for people to look at."""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from graphengine.authoring.schema import OutputSchema

MOST_CHARACTERS = 4_000
"""Of all values of a node together, about as they are written in JSON."""
MOST_INSIDE = 1_500
"""Of a node that runs in the place of another, as in a loop, of which there may be very many: enough for a
curve of noise levels."""
DEEPEST = 8
"""Lists and objects in one another."""
SMALL = 1 << 53
"""Integers below are told as they are."""
MOST_BITS = 1_024
"""Integers beyond that have more digits than anybody reads."""
_NOTHING = object()
logger = logging.getLogger(__name__)


class ShownValues(NamedTuple):
    """Values by output, those that JSON has or that tell of themselves by `shown`; None where there are none.

    cut: for each of which only the beginning is told, how many characters or items it has in all.
    """

    values: Mapping[str, Any] | None = None
    cut: Mapping[str, int] | None = None


NO_VALUES = ShownValues()


def shown_values(
    outputs: Sequence[OutputSchema], values: tuple[Any, ...], most: int = MOST_CHARACTERS
) -> ShownValues:
    """What is told of the values of a node; nothing of what is neither JSON nor tells of itself."""
    if len(values) == 1 and type(values[0]) is int and -SMALL < values[0] < SMALL:
        return ShownValues({outputs[0].name: values[0]})  # the most frequent in large graphs
    found: dict[str, Any] = {}
    cut: dict[str, int] = {}
    beginning = _Beginning(most)
    for output, value in zip(outputs, values, strict=False):
        told = beginning.of(value, DEEPEST)
        if told is not _NOTHING:
            found[output.name] = told
            if beginning.is_cut:
                cut[output.name] = len(value) if isinstance(value, str | list | tuple | dict) else 0
                beginning.is_cut = False
    return ShownValues(found, cut or None) if found else NO_VALUES


class _Beginning:
    """Takes as much of values as there is room for. is_cut: whether something had none."""

    def __init__(self, room: int) -> None:
        self.is_cut = False
        self._room = room

    def of(self, value: Any, depth: int) -> Any:
        """The value as JSON, or its beginning."""
        kind = type(value)
        if kind is bool:
            return value
        if kind is int:
            return self._taken(value, 20) if value.bit_length() <= MOST_BITS else _NOTHING
        if kind is float:
            return self._taken(value if math.isfinite(value) else str(value), 20)
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list | tuple):
            return self._list(value, depth - 1) if depth else _NOTHING
        if isinstance(value, dict):
            return self._object(value, depth - 1) if depth else _NOTHING
        return self.of(self._shown(value), depth - 1) if depth and hasattr(kind, "shown") else _NOTHING

    def _shown(self, value: Any) -> Any:
        try:
            return value.shown()
        except Exception:
            logger.exception("%r can't tell of itself", type(value).__name__)
            return None

    def _taken(self, value: Any, size: int) -> Any:
        self._room -= size
        return value

    def _text(self, value: str) -> str:
        told = value[: max(0, self._room)]
        self.is_cut |= len(told) < len(value)
        return str(self._taken(told.encode("utf-8", "replace").decode(), len(told)))

    def _list(self, value: list[Any] | tuple[Any, ...], depth: int) -> Any:
        """The first items; nothing of a list of what tells nothing."""
        items: list[Any] = []
        for item in value:
            if self._room <= 0:
                self.is_cut = True
                break
            told = self.of(item, depth)
            if told is _NOTHING:
                return _NOTHING
            items.append(self._taken(told, 2))
        return items

    def _object(self, value: dict[Any, Any], depth: int) -> Any:
        found: dict[str, Any] = {}
        for name, item in value.items():
            if self._room <= 0:
                self.is_cut = True
                break
            told = self.of(item, depth)
            found[self._text(str(name))] = None if told is _NOTHING else told
        return found
