"""The names that were probably meant."""

from __future__ import annotations

from collections.abc import Collection, Iterable


def nearest(name: str, known: Collection[str], most: int = 5) -> list[str]:
    """The known names that are a little like this one, the nearest first."""
    import difflib

    return difflib.get_close_matches(name, known, n=most, cutoff=0.4)


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """`did you mean 'blend'?` for the nearest of the known names, or None if none is near."""
    import difflib

    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"did you mean '{found[0]}'?" if found else None
