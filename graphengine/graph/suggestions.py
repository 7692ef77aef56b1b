"""Suggestions for misspelt names, within bounds, so that a huge broken document is reported in good time."""

from __future__ import annotations

from collections.abc import Collection

from graphengine.nearest import did_you_mean, nearest

MOST_COMPARISONS = 100_000


class Suggestions:
    """Finds the nearest names until it has compared a great many; after that it stays silent."""

    def __init__(self) -> None:
        self._left = MOST_COMPARISONS

    def nearest(self, name: str, known: Collection[str]) -> str | None:
        """`did you mean 'blend'?`, or None."""
        self._left -= len(known)
        return did_you_mean(name, known) if self._left >= 0 else None

    def near(self, name: str, known: Collection[str]) -> list[str]:
        """Some that are a little like it, the nearest first."""
        self._left -= len(known)
        return nearest(name, known) if self._left >= 0 else []

    def nearest_node(self, place: str, known: Collection[str]) -> str | None:
        """The same for the node of `node.rest`."""
        node, _, rest = place.partition(".")
        hint = self.nearest(node, known)
        return hint.replace("'?", f".{rest}'?") if hint and rest else hint

    def nearest_end(self, place: str, known: Collection[str]) -> str | None:
        """The same for the end of `node.end`."""
        node, _, end = place.partition(".")
        hint = self.nearest(end, known)
        return hint.replace(" '", f" '{node}.", 1) if hint else None
