"""Which versions are dropped: worked out by hand, and of a year of daily work."""

import asyncio
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from graphengine.home import Home
from graphengine.server.core import Core
from graphengine.server.core.clock import milliseconds
from graphengine.server.core.database import FILE
from graphengine.server.core.version_retention import VersionFacts, superseded
from graphengine.server.core.workflow_rows import Session
from tests.server.core.troublemaker import ADDING, serving

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


def by_itself(*moments: datetime) -> list[VersionFacts]:
    """Versions from 1 on, saved by themselves."""
    return [VersionFacts(number, moment, True) for number, moment in enumerate(moments, start=1)]


def dropped(versions: Iterable[VersionFacts]) -> list[int]:
    return superseded(versions, NOW)


def test_there_is_nothing_to_drop_of_nothing_or_of_one() -> None:
    assert dropped([]) == []
    assert dropped(by_itself(NOW - timedelta(days=4000))) == []


def test_all_of_the_last_day_stay() -> None:
    assert dropped(by_itself(*(NOW - timedelta(minutes=each) for each in range(1439, -1, -1)))) == []


def test_of_a_day_before_the_last_one_stays() -> None:
    morning, noon, evening = (datetime(2026, 3, 20, hour, tzinfo=UTC) for hour in (8, 12, 20))
    assert dropped(by_itself(morning, noon, evening, NOW)) == [1, 2]


def test_a_version_goes_when_it_is_a_day_old_and_not_before() -> None:
    early, late = NOW - timedelta(days=1), NOW - timedelta(days=1) + timedelta(milliseconds=1)
    assert dropped(by_itself(early, late, NOW)) == [1]
    assert dropped(by_itself(late, late, NOW)) == []


def test_after_thirty_days_one_of_each_month_stays() -> None:
    days = [datetime(2026, 1, 9, tzinfo=UTC), datetime(2026, 1, 30, tzinfo=UTC)]
    days += [datetime(2026, 2, 3, tzinfo=UTC), datetime(2026, 2, 27, tzinfo=UTC)]
    days += [datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC)]
    assert dropped(by_itself(*days, NOW)) == [1, 3]


def test_what_somebody_asked_for_stays_whatever_its_age() -> None:
    asked = [VersionFacts(number, NOW - timedelta(days=900 - number), False) for number in range(1, 9)]
    old = [VersionFacts(9, NOW - timedelta(days=800), True), VersionFacts(10, NOW, False)]
    assert dropped([*asked, *old]) == []


def test_the_newest_stays_though_it_is_old() -> None:
    day = datetime(2020, 5, 5, tzinfo=UTC)
    assert dropped(by_itself(*(day + timedelta(hours=each) for each in range(3)))) == [1, 2]


def test_days_are_those_of_utc_whatever_zone_a_time_is_told_in() -> None:
    east = datetime(2026, 3, 21, 1, tzinfo=UTC).astimezone().tzinfo
    before, after = datetime(2026, 3, 20, 23, tzinfo=UTC), datetime(2026, 3, 21, 1, tzinfo=UTC)
    assert dropped(by_itself(before.astimezone(east), after.astimezone(east), NOW)) == []


def test_a_year_of_work_leaves_a_bounded_number_however_often_it_is_thinned() -> None:
    beginning = datetime(2025, 1, 1, 9, tzinfo=UTC)
    moments = [beginning + timedelta(days=day, hours=hour) for day in range(400) for hour in range(8)]
    whole = by_itself(*moments)
    kept: list[VersionFacts] = []
    for each in whole:
        kept.append(each)
        gone = set(superseded(kept, each.saved_at))
        kept = [other for other in kept if other.version not in gone]
        assert len(kept) <= 9 + 30 + 14
    at_once = set(superseded(whole, moments[-1]))
    assert [each for each in whole if each.version not in at_once] == kept


def test_saving_drops_what_is_superseded_with_its_document(home: Home) -> None:
    async def save(core: Core, number: int, before: int, *, automatic: bool = True) -> int:
        document = {**ADDING, "name": f"draft {number}"}
        saved = await core.workflows.save("mine", document, before, Session(f"sitting {number}", automatic))
        return saved.version

    async def sittings() -> None:
        async with serving(home) as core:
            version = 0
            for number in range(5):
                version = await save(core, number, version, automatic=number != 1)

    async def another() -> None:
        async with serving(home) as core:
            await save(core, 5, 5)
            assert [each.version for each in await core.workflows.versions("mine")] == [6, 5, 2]

    asyncio.run(sittings())
    long_ago = milliseconds(datetime(2021, 6, 6, tzinfo=UTC))
    with sqlite3.connect(home.root / FILE) as database:
        database.execute("UPDATE workflows SET saved_at = ? + version", (long_ago,))
    asyncio.run(another())
    with sqlite3.connect(home.root / FILE) as database:
        assert database.execute("SELECT count(*) FROM documents").fetchone() == (3,)
    database.close()
