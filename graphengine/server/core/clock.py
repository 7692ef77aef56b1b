"""Times as the store keeps them: whole milliseconds since 1970, for people; nothing is ordered by them."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def now() -> int:
    """The wall clock's time."""
    return time.time_ns() // 1_000_000


def moment(milliseconds: int) -> datetime:
    """The time in UTC."""
    return _BEGINNING + timedelta(milliseconds=milliseconds)


def milliseconds(moment: datetime) -> int:
    """The other way; a time without a zone is in UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - _BEGINNING) // timedelta(milliseconds=1)


def text(milliseconds: int) -> str:
    """As JSON has it: `2026-01-31T12:00:00.000Z`."""
    return moment(milliseconds).isoformat(timespec="milliseconds").replace("+00:00", "Z")
