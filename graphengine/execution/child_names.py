"""Names for the nodes that come to be while a graph runs."""

from __future__ import annotations

LONGEST = 160
"""Characters of a scope. A deep nest is abridged, so that names don't grow with its depth."""


class ChildNames:
    """Gives each node of one run's expansions a name of its own, below that of the node that it runs for."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}  # how often each was asked for
        self._abridged: dict[str, str] = {}

    def name(self, scope: str, name: str) -> str:
        """`scope/name`, with a number at the end if there is one of that name."""
        if len(scope) > LONGEST:
            root = scope.partition("/")[0]
            scope = self._abridged.setdefault(scope, f"{root}/~{len(self._abridged) + 1}")
        found = f"{scope}/{name}"
        number = self._given[found] = self._given.get(found, 0) + 1
        return found if number == 1 else f"{found}~{number}"
