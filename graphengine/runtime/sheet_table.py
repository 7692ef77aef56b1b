"""What stands where on a contact sheet, before any size is known."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from graphengine.runtime.grid import Axis
from graphengine.runtime.sweep_result import Point

LONGEST_ROW = 6
"""With one axis only, more points than these are broken into several rows."""


@dataclass(frozen=True)
class SheetRow:
    """A row of points; `headers` stand above it, one per point, `label` at its left."""

    points: tuple[Point, ...]
    headers: tuple[str, ...] = ()
    label: str = ""


def sheet_rows(points: Sequence[Point], axes: Sequence[Axis]) -> tuple[SheetRow, ...]:
    """The last axis from left to right, the others from top to bottom; a single long axis is broken."""
    last = axes[-1]
    headers = tuple(_label(last.name, value) for value in last.values)
    across = len(headers)
    rows = tuple(tuple(points[start : start + across]) for start in range(0, len(points), across))
    if len(axes) > 1:
        return tuple(
            SheetRow(row, headers if number == 0 else (), _row_label(row[0], axes[:-1]))
            for number, row in enumerate(rows)
        )
    if across > LONGEST_ROW:
        across = math.ceil(math.sqrt(across))
    return tuple(
        SheetRow(tuple(points[start : start + across]), headers[start : start + across])
        for start in range(0, len(points), across)
    )


def _row_label(point: Point, axes: Iterable[Axis]) -> str:
    return "\n".join(_label(axis.name, point.coordinates[axis.name]) for axis in axes)


def _label(name: str, value: Any) -> str:
    shown = value if isinstance(value, str) else _plain(value)
    return f"{name}: {shown}"


def _plain(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "none", True: "yes", False: "no"}[value]
    return str(value)
