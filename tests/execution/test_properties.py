"""Random graphs, changed at random: the engine gives what a plain evaluation without any cache gives."""

import threading
import weakref
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphengine.authoring import Blocked, Context, Expansion, Lazy, node
from graphengine.execution import CancelToken, MemoryCache
from graphengine.home import Home
from tests.execution.workbench import Workbench

MODULUS = 10_007
RELAXED = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@node(category="t")
def combine(a: int, b: int, c: int = 1) -> int:
    return (3 * a + 5 * b + c) % MODULUS


@node(category="t", lane="io")
def offload(a: int, c: int = 0) -> int:
    return (a + c + 1) % MODULUS


@node(category="t")
async def later(a: int, c: int = 0) -> int:
    return (2 * a + c) % MODULUS


@node(category="t")
def pick(which: int, a: Lazy[int], b: Lazy[int]) -> int:
    return a.get() if which % 2 else b.get()


@node(category="t")
def pass_on(which: int, a: Lazy[int], b: Lazy[int]) -> int:
    return a if which % 2 else b  # type: ignore[return-value]


@node(category="t")
def expand(a: int, b: int, c: int = 2) -> int | Expansion:
    graph = Expansion()
    value: Any = a
    for step in range(c % 4):
        value = graph.add("combine", a=value, b=b, c=step).value
    return graph.give(value)


@node(category="t")
def count_up(a: int, c: int = 3) -> list[int]:
    return [(a + i) % MODULUS for i in range(c % 5)]


@node(category="t")
def total(numbers: list[int], c: int = 0) -> int:
    return (sum(numbers) + c) % MODULUS


@node(category="t")
def block_some(a: int, c: int = 0) -> int:
    return Blocked("a multiple of three") if (a + c) % 3 == 0 else a  # type: ignore[return-value]


NODES = (combine, offload, later, pick, pass_on, expand, count_up, total, block_some)
Spec = tuple[str, int, int, int]
"""A node: its type, from which two nodes before it it reads (modulo their number), and its literal."""
TYPES = ("combine", "offload", "later", "pick", "pass_on", "expand", "mapped", "block_some")
SPECS = st.lists(
    st.tuples(st.sampled_from(TYPES), st.integers(0, 30), st.integers(0, 30), st.integers(0, 6)),
    min_size=1,
    max_size=12,
)
CHANGES = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from(TYPES), st.integers(0, 30), st.integers(0, 6)), max_size=5
)


def document(specs: list[Spec]) -> dict[str, Any]:
    """The nodes n0, n1 and so on; a mapped one is three: a list, a node mapped over it, and the sum."""
    nodes: dict[str, Any] = {"s": ("combine", {"a": 1, "b": 2})}
    names = ["s"]
    for number, (type, first, second, literal) in enumerate(specs):
        a, b = (f"<{names[place % len(names)]}.value" for place in (first, second))
        name = f"n{number}"
        if type == "mapped":
            nodes[f"{name}l"] = ("count_up", {"a": a, "c": literal})
            nodes[f"{name}m"] = ("combine", {"a": f"<{name}l.value", "b": b})
            nodes[name] = ("total", {"numbers": f"<{name}m.value", "c": literal})
        elif type in ("pick", "pass_on"):
            nodes[name] = (type, {"which": literal, "a": a, "b": b})
        elif type in ("combine", "expand"):
            nodes[name] = (type, {"a": a, "b": b, "c": literal})
        else:
            nodes[name] = (type, {"a": a, "c": literal})
        names.append(name)
    return nodes


def plain(specs: list[Spec]) -> list[int | None]:
    """The same by plain evaluation; None is blocked."""
    values: list[int | None] = [(3 * 1 + 5 * 2 + 1) % MODULUS]
    for type, first, second, literal in specs:
        a, b = (values[place % len(values)] for place in (first, second))
        values.append(_value(type, a, b, literal))
    return values


def _value(type: str, a: int | None, b: int | None, c: int) -> int | None:
    if type in ("pick", "pass_on"):
        return a if c % 2 else b
    if a is None or (b is None and type in ("combine", "expand")):
        return None
    if type == "mapped":
        items = [(a + i) % MODULUS for i in range(c % 5)]
        if b is None:
            return c % MODULUS  # every item is blocked, and so left out
        return (sum((3 * item + 5 * b + 1) % MODULUS for item in items) + c) % MODULUS
    if type == "offload":
        return (a + c + 1) % MODULUS
    if type == "later":
        return (2 * a + c) % MODULUS
    if type == "block_some":
        return None if (a + c) % 3 == 0 else a
    assert b is not None
    if type == "combine":
        return (3 * a + 5 * b + c) % MODULUS
    for step in range(c % 4):
        a = (3 * a + 5 * b + step) % MODULUS
    return a


def check(bench: Workbench, specs: list[Spec], **options: Any) -> Any:
    nodes = document(specs)
    wanted = tuple(f"n{number}" for number in range(len(specs)))
    result = bench.run(nodes, wanted, **options)
    assert result.error is None, result.error
    if result.state == "cancelled":
        return result
    found = [result.values[name]["value"] for name in wanted]
    expected = plain(specs)[1:]
    assert [None if isinstance(value, Blocked) else value for value in found] == expected
    return result


def changed(specs: list[Spec], change: tuple[int, str, int, int]) -> list[Spec]:
    place, type, source, literal = change
    made = list(specs)
    old = made[place % len(made)]
    made[place % len(made)] = (type, source, old[2], literal)
    return made


@RELAXED
@given(
    SPECS, CHANGES, st.sampled_from(["cost", "lru", "last", "none"]), st.sampled_from([0, 900, 3000, 10**9])
)
def test_any_change_gives_what_plain_evaluation_gives(
    home: Home, specs: list[Spec], changes: list[Any], policy: Any, budget: int
) -> None:
    bench = Workbench(home, *NODES, cache=MemoryCache(budget, policy))
    check(bench, specs)
    for change in changes:
        specs = changed(specs, change)
        check(bench, specs)


@RELAXED
@given(SPECS)
def test_what_is_unchanged_runs_nothing(home: Home, specs: list[Spec]) -> None:
    bench = Workbench(home, *NODES)
    check(bench, specs)
    if all(value is not None for value in plain(specs)):  # what blocks isn't kept by those that it skips
        assert check(bench, specs).executed == 0


@RELAXED
@given(SPECS, st.data())
def test_what_was_dropped_is_made_again(home: Home, specs: list[Spec], data: st.DataObject) -> None:
    cache = MemoryCache()
    bench = Workbench(home, *NODES, cache=cache)
    check(bench, specs)
    for key in sorted(cache._entries):
        if data.draw(st.booleans()):
            cache.drop(key)
    check(bench, specs)


@RELAXED
@given(SPECS, st.lists(st.integers(0, 25), min_size=1, max_size=4))
def test_any_order_of_cancellations_leaves_a_runnable_engine(
    home: Home, specs: list[Spec], places: list[int]
) -> None:
    bench = Workbench(home, *NODES)
    for place in places:
        token = CancelToken()
        seen = 0

        def listen(event: Any, place: int = place, token: CancelToken = token) -> None:
            nonlocal seen
            seen += 1
            if seen > place:
                token.cancel()

        graph = bench.graph(document(specs))
        assert bench.engine.run(graph, listen, token).state in ("cancelled", "succeeded")
        names = {thread.name for thread in threading.enumerate()}
        assert not any("writing" in name for name in names)
    check(bench, specs)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 8), st.booleans()), min_size=2, max_size=10))
def test_a_device_is_never_entered_twice_at_once(home: Home, specs: list[tuple[int, bool]]) -> None:
    inside = 0
    most = 0
    lock = threading.Lock()

    @node(category="t", lane="device")
    def on_device(a: int, c: int) -> int:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        threading.Event().wait(0.001)
        with lock:
            inside -= 1
        return a + c

    @node(category="t")
    def elsewhere(a: int, c: int) -> int:
        return a + c

    bench = Workbench(home, on_device, elsewhere)

    def graph(offset: int) -> Any:
        nodes: dict[str, Any] = {}
        for number, (source, device) in enumerate(specs):
            a = f"<n{source % number}.value" if number else offset
            nodes[f"n{number}"] = ("on_device" if device else "elsewhere", {"a": a, "c": offset + number})
        return bench.graph(nodes)

    threads = [threading.Thread(target=bench.engine.run, args=(graph(offset),)) for offset in (0, 1000)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most <= 1


@pytest.mark.parametrize("depth", [3, 12])
def test_values_are_let_go_after_their_last_reader(home: Home, depth: int) -> None:
    arrays: list[weakref.ref[Any]] = []
    most = 0

    @node(category="t")
    def grow(array: np.ndarray | None = None, *, context: Context) -> np.ndarray:  # type: ignore[type-arg]
        nonlocal most
        made = np.zeros(1000)
        arrays.append(weakref.ref(made))
        most = max(most, sum(each() is not None for each in arrays))
        return made

    bench = Workbench(home, grow, cache=MemoryCache(policy="none"))
    nodes: dict[str, Any] = {"n0": ("grow", {})}
    for number in range(1, depth):
        nodes[f"n{number}"] = ("grow", {"array": f"<n{number - 1}.ndarray"})
    assert bench.run(nodes).state == "succeeded"
    assert most <= 2
