"""Text on pictures: Pillow's own font, lines that fit a width."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

ELLIPSIS = "…"


def fit(text: str, width: float, most_lines: int, measure: Callable[[str], float]) -> list[str]:
    """The text in lines no wider than `width`, broken between words; what doesn't fit ends in an ellipsis.

    measure: the width of a line.
    """
    lines: list[str] = []
    for paragraph in text.splitlines():
        words = paragraph.split()
        line = ""
        while words:
            word = words.pop(0)
            longer = f"{line} {word}" if line else word
            if measure(longer) <= width:
                line = longer
            elif line:
                lines.append(line)
                line = ""
                words.insert(0, word)
            else:
                begin = _longest_begin(word, width, measure)
                lines.append(word[:begin])
                words.insert(0, word[begin:])
            if len(lines) > most_lines:
                break
        if line:
            lines.append(line)
    if len(lines) <= most_lines:
        return lines
    kept = lines[: max(most_lines, 0)]
    if kept:
        last = kept[-1]
        while last and measure(last + ELLIPSIS) > width:
            last = last[:-1]
        kept[-1] = last.rstrip() + ELLIPSIS
    return kept


def _longest_begin(word: str, width: float, measure: Callable[[str], float]) -> int:
    """How many characters of a word fit; at least one."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(word[:middle]) <= width:
            low = middle
        else:
            high = middle - 1
    return low


def font_of(size: int) -> Any:
    """Pillow's default font."""
    from PIL import ImageFont

    return ImageFont.load_default(size)
