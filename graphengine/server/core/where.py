"""Conditions of a query, put together one by one."""

from __future__ import annotations

from typing import Any


class Where:
    """The text is the clause, or nothing without a condition; `values` fill in its question marks."""

    def __init__(self) -> None:
        self._conditions: list[str] = []
        self.values: list[Any] = []

    def __str__(self) -> str:
        """The clause."""
        return f"WHERE {' AND '.join(self._conditions)}" if self._conditions else ""

    def add(self, condition: str, *values: Any) -> None:
        """Another condition that must hold too."""
        self._conditions.append(condition)
        self.values += values

    def contains(self, column: str, text: str) -> None:
        """The column's text must have this in it, in upper or lower case."""
        escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        self.add(f"{column} LIKE ? ESCAPE '\\'", f"%{escaped}%")
