"""Sizes in bytes as people write and read them."""

import re

from graphengine.cli.exit_codes import UsageError

FACTORS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}


def parse_bytes(text: str, option: str, *, zero: bool = False) -> int:
    """Read `4GB`, `512 MiB`, `1.5g` or a plain number; with an i units are powers of 1024, else of 1000.

    option: the one that the text was given to, for what is said of a wrong one. zero: whether 0 will do.
    """
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([kmgt]?)(i?)b?\s*", text.lower())
    if match is None or (float(match[1]) == 0 and not zero):
        expected = "a size such as 4GB or 512MB" + (", or 0" if zero else "")
        raise UsageError(
            f"option '--{option}': expected {expected}, got '{text}'",
            kind="usage",
            expected=expected,
            got=text,
        )
    return int(float(match[1]) * (1024 if match[3] else 1000) ** FACTORS[match[2]])


def show_bytes(count: int) -> str:
    """The size in the largest unit that keeps it above one: `23.4 MB`."""
    size, unit = float(count), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if size < 1000:
            break
        size, unit = size / 1000, larger
    return f"{count} B" if unit == "B" else f"{size:.1f} {unit}"
