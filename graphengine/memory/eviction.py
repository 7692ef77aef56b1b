"""What to evict, decided from sizes alone."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Resident:
    """One set of weights in memory."""

    key: Hashable
    size: int
    """Bytes."""
    in_use: bool


def plan_evictions(needed: int, budget: int, residents: Sequence[Resident]) -> list[Resident] | None:
    """What to evict so that `needed` bytes more fit into `budget`: the fewest, least recently used first.

    residents: least recently used first. None where even evicting all that is not in use makes too
    little room; then nothing should be evicted at all.
    """
    excess = sum(resident.size for resident in residents) + needed - budget
    evicted: list[Resident] = []
    for resident in residents:
        if excess <= 0:
            break
        if not resident.in_use and resident.size > 0:
            evicted.append(resident)
            excess -= resident.size
    return evicted if excess <= 0 else None
