"""The contact sheet: all pictures of a sweep in one, with their coordinates."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from graphengine.runtime.grid import Axis
from graphengine.runtime.lettering import fit, font_of
from graphengine.runtime.result import picture_of
from graphengine.runtime.sheet_layout import (
    FONT,
    GAP,
    HEADER_LINES,
    LABEL_WIDTH,
    LINE,
    MARGIN,
    READABLE,
    SheetLayout,
    lay_out,
)
from graphengine.runtime.sheet_table import SheetRow, sheet_rows
from graphengine.runtime.sweep_result import Point

PAPER = (255, 255, 255)
INK = (20, 20, 20)
PALE = (120, 120, 120)
FAULTY = (253, 232, 230)
EMPTY = (240, 240, 240)


def contact_sheet(points: Sequence[Point], axes: Sequence[Axis], footer: str) -> Any:
    """The sheet as a uint8 array [H, W, 3]; None if none was made, or each would be too small."""
    import numpy

    if not any(point.artifacts for point in points):
        return None
    rows = sheet_rows(points, axes)
    picture_width = max(_width(point) for point in points)
    layout = lay_out(
        max(len(row.points) for row in rows),
        tuple(bool(row.headers) for row in rows),
        header_lines=_header_lines(rows, max(READABLE, picture_width)),
        label_width=_label_width(rows),
        picture_width=picture_width,
        picture_height=max(artifact.height for point in points for artifact in point.artifacts),
    )
    if layout is None:
        return None
    return numpy.asarray(_Drawing(layout, rows, footer).picture)


def _width(point: Point) -> int:
    """Of the pictures of a point side by side."""
    return sum(artifact.width for artifact in point.artifacts) + GAP * max(0, len(point.artifacts) - 1)


def _header_lines(rows: Sequence[SheetRow], width: int) -> int:
    """How many lines the longest header takes."""
    measure = font_of(FONT).getlength
    headers = {header for row in rows for header in row.headers}
    return max((len(fit(each, width, HEADER_LINES, measure)) for each in headers), default=0)


def _label_width(rows: Sequence[SheetRow]) -> int:
    """Of the column of labels: as wide as the widest of them, up to a limit."""
    measure = font_of(FONT).getlength
    parts = [part for row in rows for part in row.label.split("\n") if part]
    return min(LABEL_WIDTH, max((ceil(measure(part)) for part in parts), default=0))


class _Drawing:
    """The sheet while it is drawn."""

    def __init__(self, layout: SheetLayout, rows: Sequence[SheetRow], footer: str) -> None:
        from PIL import Image as Pillow
        from PIL import ImageDraw

        self.layout = layout
        self.picture = Pillow.new("RGB", (layout.width, layout.height), PAPER)
        self.draw = ImageDraw.Draw(self.picture)
        self.font = font_of(FONT)
        for number, row in enumerate(rows):
            self._row(number, row)
        width = layout.width - 2 * MARGIN
        self._text(footer, MARGIN, layout.height - MARGIN - 2 * LINE, width, 2, PALE)

    def _row(self, number: int, row: SheetRow) -> None:
        layout = self.layout
        top = layout.tops[number]
        if row.label:
            self._label(row.label, top)
        for column, point in enumerate(row.points):
            left, _ = layout.cell(number, column)
            if row.headers:
                self._header(row.headers[column], left, top)
            self._cell(point, left, top)

    def _label(self, label: str, top: int) -> None:
        """Each axis of the label gets its share of the lines."""
        parts = label.split("\n")
        most = max(1, self.layout.cell_height // LINE // len(parts))
        lines = [line for part in parts for line in self._fit(part, LABEL_WIDTH, most)]
        self._lines(lines[: max(1, self.layout.cell_height // LINE)], MARGIN, top, INK)

    def _header(self, text: str, left: int, top: int) -> None:
        lines = self._fit(text, self.layout.cell_width, self.layout.header_lines)
        self._lines(lines, left, top - GAP // 2 - LINE * len(lines), INK)

    def _cell(self, point: Point, left: int, top: int) -> None:
        width, height = self.layout.cell_width, self.layout.cell_height
        if not point.artifacts:
            colour = FAULTY if point.state == "failed" else EMPTY
            self.draw.rectangle((left, top, left + width - 1, top + height - 1), fill=colour)
            text = _without_picture(point)
            self._text(text, left + 4, top + 2, width - 8, max(1, (height - 4) // LINE), INK)
            return
        scale = self.layout.scale
        across = left + (width - int(_width(point) * scale)) // 2
        for artifact in point.artifacts:
            size = max(1, int(artifact.width * scale)), max(1, int(artifact.height * scale))
            picture = picture_of(artifact)
            if picture is not None:
                self.picture.paste(picture if picture.size == size else picture.resize(size), (across, top))
            across += size[0] + int(GAP * scale)

    def _text(self, text: str, left: int, top: int, width: int, lines: int, colour: Any) -> None:
        self._lines(self._fit(text, width, lines), left, top, colour)

    def _fit(self, text: str, width: int, lines: int) -> list[str]:
        return fit(text, width, lines, self.font.getlength)

    def _lines(self, lines: Sequence[str], left: int, top: int, colour: Any) -> None:
        for number, line in enumerate(lines):
            self.draw.text((left, top + LINE * number), line, fill=colour, font=self.font)


def _without_picture(point: Point) -> str:
    if point.error is None:
        return "no picture"
    return "not made" if point.state == "cancelled" else point.error.message
