"""What a docstring says of single inputs and outputs."""

from __future__ import annotations

import re


def tooltips(text: str) -> dict[str, str]:
    """The entries `name: text` and `name, other: text` of a docstring, by name.

    Each goes on to the next one, or to an empty line.
    """
    found: dict[str, str] = {}
    names: list[str] = []
    for line in text.splitlines()[1:]:
        before, colon, after = line.partition(":")
        if colon and re.fullmatch(r"\s*[a-z_]\w*(, [a-z_]\w*)*", before):
            names = [name.strip() for name in before.split(",")]
            found |= dict.fromkeys(names, after.strip())
        elif not line.strip():
            names = []
        else:
            found |= {name: f"{found[name]} {line.strip()}" for name in names}
    return found
