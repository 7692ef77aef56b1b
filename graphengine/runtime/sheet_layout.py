"""How large everything on a contact sheet is, and where: whole pixels, within the largest picture allowed."""

from __future__ import annotations

from dataclasses import dataclass

LARGEST = 8192
"""Pixels a side; larger pictures are more than many programs open."""
MARGIN = 12
GAP = 8
LINE = 18
FONT = 14
HEADER_LINES = 3
"""More than these are cut off."""
LABEL_WIDTH = 180
"""Wider labels are broken into lines."""
FOOTER = 2 * LINE
READABLE = 120
"""A column is made this wide for its label, where the pictures are narrower and there is room."""
SMALLEST = 16
"""Pictures scaled down below this show nothing: then there is no sheet."""


@dataclass(frozen=True)
class SheetLayout:
    """Sizes in pixels: of the whole, of a cell; `scale` is that of the pictures in the cells."""

    width: int
    height: int
    cell_width: int
    cell_height: int
    scale: float
    left: int
    header_lines: int
    tops: tuple[int, ...]

    def cell(self, row: int, column: int) -> tuple[int, int]:
        """The upper left corner of a cell."""
        return self.left + column * (self.cell_width + GAP), self.tops[row]


def lay_out(
    columns: int,
    headers: tuple[bool, ...],
    *,
    header_lines: int,
    label_width: int,
    picture_width: int,
    picture_height: int,
) -> SheetLayout | None:
    """Place the cells of rows, those with `headers` below a band of labels; None if they would be too small.

    label_width: of the column of labels, 0 for none.
    picture_width, picture_height: of the largest cell's pictures before scaling.
    """
    left = MARGIN + (label_width + GAP if label_width else 0)
    band = header_lines * LINE + GAP
    rows = len(headers)
    room_across = LARGEST - left - MARGIN - GAP * (columns - 1)
    room_down = LARGEST - 2 * MARGIN - FOOTER - GAP * rows - band * sum(headers)
    scale = min(1.0, room_across / (columns * picture_width), room_down / (rows * picture_height))
    if scale < 1 and scale * max(picture_width, picture_height) < SMALLEST:
        return None
    width = max(int(picture_width * scale), min(READABLE, room_across // columns), 1)
    height = max(int(picture_height * scale), min(2 * LINE, room_down // rows), 1)
    tops = []
    top = MARGIN
    for header in headers:
        top += band if header else 0
        tops.append(top)
        top += height + GAP
    return SheetLayout(
        width=left + columns * (width + GAP) - GAP + MARGIN,
        height=top + FOOTER + MARGIN,
        cell_width=width,
        cell_height=height,
        scale=scale,
        left=left,
        header_lines=header_lines,
        tops=tuple(tops),
    )
