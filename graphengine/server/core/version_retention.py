"""Which saved versions of a workflow are kept, and which are dropped as time goes by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

ALL = timedelta(days=1)
"""How long each version that was saved by itself is kept."""
DAILY = timedelta(days=30)
"""How long the last one of each day is; after that the last one of each month."""


class VersionFacts(NamedTuple):
    """What decides about a version. automatic: it was saved by itself, not because somebody asked for it."""

    version: int
    saved_at: datetime
    automatic: bool


def superseded(versions: Iterable[VersionFacts], now: datetime) -> list[int]:
    """The versions to drop, in order: never the newest, nor one that somebody asked for.

    Days and months are those of UTC. It doesn't matter how often this was done before: what one call after
    many versions drops, calls after each of them drop too.
    """
    ordered = sorted(versions)
    automatic = [each for each in ordered if each.automatic]
    last_of_day = {_day(each): each.version for each in automatic}
    last_of_month = {day.replace(day=1): version for day, version in last_of_day.items()}
    kept = {*last_of_month.values(), *(each.version for each in ordered[-1:])}
    kept |= {each.version for each in automatic if now - each.saved_at < ALL}
    kept |= {last_of_day[_day(each)] for each in automatic if now - each.saved_at < DAILY}
    return [each.version for each in automatic if each.version not in kept]


def _day(version: VersionFacts) -> date:
    return version.saved_at.astimezone(UTC).date()
