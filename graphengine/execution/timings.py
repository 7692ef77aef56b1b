"""What nodes of each type took of late: seconds and bytes, for the order of work and where it runs."""

from __future__ import annotations

QUICK_SECONDS = 0.001
"""Below this a node runs where the run is planned: to hand it to a thread would take about as long."""
_FADE = 0.9


class Timings:
    """The worst of each node type's latest runs, where older ones count less and less."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}
        self._sizes: dict[str, int] = {}

    def learn(self, type: str, seconds: float) -> None:
        """Take note of what a run took."""
        self._seconds[type] = max(seconds, _FADE * self._seconds.get(type, 0.0))

    def learn_size(self, type: str, size: int) -> None:
        """Take note of the bytes that a run made."""
        self._sizes[type] = size

    def seconds(self, type: str) -> float:
        """What the next run of that type may take; 0 if none was seen."""
        return self._seconds.get(type, 0.0)

    def size(self, type: str) -> int:
        """The bytes that the next run of that type may make; 0 if none was seen."""
        return self._sizes.get(type, 0)

    def is_quick(self, type: str) -> bool:
        """Whether runs of that type were seen, and quick."""
        return self._seconds.get(type, QUICK_SECONDS) < QUICK_SECONDS
