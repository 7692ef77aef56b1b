"""Which results leave first."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphengine.execution.cache import Entry, MemoryCache
from graphengine.execution.cache.policies import CheapestToRemake, LeastRecentlyUsed


def entry(size: int, seconds: float = 0.0, value: int = 0) -> Entry:
    return Entry((value,), (), size, seconds)


def kept(cache: MemoryCache, *names: bytes) -> bytes:
    return b"".join(name for name in names if cache.where(name))


def test_least_recently_used_leaves_first() -> None:
    cache = MemoryCache(30, "lru")
    for name in (b"a", b"b", b"c"):
        cache.put(name, entry(10))
    cache.get(b"a")
    cache.put(b"d", entry(10))
    assert kept(cache, b"a", b"b", b"c", b"d") == b"acd"


def test_the_cheapest_to_make_again_per_byte_leaves_first() -> None:
    cache = MemoryCache(100, "cost")
    cache.put(b"dear", entry(50, 10.0))  # 0.2 s per byte
    cache.put(b"cheap", entry(10, 0.1))  # 0.01
    cache.put(b"fair", entry(40, 4.0))  # 0.1
    cache.put(b"new", entry(10, 1.0))  # 0.1
    assert kept(cache, b"dear", b"cheap", b"fair", b"new") == b"dearfairnew"


def test_what_is_not_used_ages() -> None:
    cache = MemoryCache(20, "cost")
    cache.put(b"old", entry(10, 5.0))
    for number in range(40):
        cache.put(b"%d" % number, entry(10, 1.0))
    assert cache.where(b"old") is None
    cache.put(b"used", entry(10, 5.0))
    for number in range(40):
        cache.get(b"used")
        cache.put(b"%d" % number, entry(10, 1.0))
    assert cache.where(b"used")


def test_the_last_run_only() -> None:
    cache = MemoryCache(100, "last")
    cache.run_began()
    cache.put(b"a", entry(10))
    cache.put(b"b", entry(10))
    cache.run_ended()
    cache.run_began()
    assert cache.get(b"a")
    cache.put(b"c", entry(10))
    cache.run_ended()
    assert kept(cache, b"a", b"b", b"c") == b"ac"


def test_none_at_all() -> None:
    cache = MemoryCache(100, "none")
    cache.put(b"a", entry(1))
    assert (len(cache), cache.used_bytes) == (0, 0)


@pytest.mark.parametrize("make", [LeastRecentlyUsed, CheapestToRemake])
def test_the_next_to_go_is_always_one_that_is_there(make: Callable[[], CheapestToRemake]) -> None:
    policy = make()
    keys = [bytes([number]) for number in range(200)]
    for number, key in enumerate(keys):
        policy.added(key, 1 + number % 7, number % 5)
    left = set(keys)
    while left:
        going = policy.next_to_go()
        assert going in left
        policy.dropped(going)
        left.remove(going)
        if left:
            policy.used(min(left))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["put", "get", "drop", "clear"]),
        st.integers(0, 5),
        st.integers(0, 40),
        st.floats(0, 10),
    ),
    max_size=60,
)


@settings(max_examples=200, deadline=None)
@given(STEPS, st.sampled_from(["lru", "cost", "last", "none"]))
def test_never_over_the_budget_and_never_a_wrong_value(
    steps: list[tuple[str, int, int, float]], policy
) -> None:  # type: ignore[no-untyped-def]
    cache = MemoryCache(100, policy)
    last: dict[bytes, int] = {}
    for number, (what, name, size, seconds) in enumerate(steps):
        key = bytes([name])
        if what == "put":
            cache.put(key, entry(size, seconds, number))
            last[key] = number
        elif what == "drop":
            cache.drop(key)
            assert cache.get(key) is None
        elif what == "clear":
            cache.clear()
            assert (len(cache), cache.used_bytes) == (0, 0)
        found = cache.get(key)
        assert found is None or found.values == (last[key],)
        assert 0 <= cache.used_bytes <= 100
        sizes = [each.size for each in (cache.get(bytes([other])) for other in range(6)) if each]
        assert sum(sizes) == cache.used_bytes
