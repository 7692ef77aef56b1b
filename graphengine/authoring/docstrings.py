"""What a docstring says of single inputs and outputs."""

from __future__ import annotations

import re


def tooltips(text: str) -> dict[str, str]:
    """The lines `name: text` and `name, other: text` of a docstring, by name."""
    found: dict[str, str] = {}
    for line in text.splitlines()[1:]:
        names, colon, tooltip = line.partition(":")
        if colon and re.fullmatch(r"\s*[a-z_]\w*(, [a-z_]\w*)*", names):
            found |= {name.strip(): tooltip.strip() for name in names.split(",")}
    return found
