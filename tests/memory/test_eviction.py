from hypothesis import given
from hypothesis import strategies as st

from graphengine.memory.eviction import Resident, plan_evictions

sizes = st.integers(0, 1000)
residents = st.lists(st.tuples(sizes, st.booleans()), max_size=12).map(
    lambda rows: [Resident(index, size, in_use) for index, (size, in_use) in enumerate(rows)]
)


def test_nothing_leaves_while_there_is_room() -> None:
    assert plan_evictions(40, 100, [Resident("a", 60, False)]) == []


def test_one_byte_too_many_makes_the_least_recently_used_leave() -> None:
    oldest, newest = Resident("a", 30, False), Resident("b", 30, False)
    assert plan_evictions(41, 100, [oldest, newest]) == [oldest]


def test_what_is_in_use_stays() -> None:
    used, idle = Resident("a", 60, True), Resident("b", 10, False)
    assert plan_evictions(40, 100, [used, idle]) == [idle]


def test_nothing_is_evicted_in_vain() -> None:
    assert plan_evictions(41, 100, [Resident("a", 60, True), Resident("b", 10, False)]) is None


def test_larger_than_the_whole_budget() -> None:
    assert plan_evictions(101, 100, []) is None
    assert plan_evictions(100, 100, []) == []


@given(st.integers(0, 3000), st.integers(0, 3000), residents)
def test_a_plan_fits_and_is_as_short_as_the_order_allows(
    needed: int, budget: int, held: list[Resident]
) -> None:
    total = sum(resident.size for resident in held)
    pinned = sum(resident.size for resident in held if resident.in_use)
    plan = plan_evictions(needed, budget, held)
    if plan is None:
        assert pinned + needed > budget
        return
    assert pinned + needed <= budget
    assert not any(resident.in_use for resident in plan)
    left = total - sum(resident.size for resident in plan)
    assert left + needed <= budget
    if plan:
        assert left + plan[-1].size + needed > budget
    idle = [resident for resident in held if not resident.in_use and resident.size]
    assert plan == idle[: len(plan)]
