import gc
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from graphengine.errors import OutOfMemory
from graphengine.memory.residency import Residency
from graphengine.memory.watch import Check

CPU = torch.device("cpu")


class Device:
    """Memory that counts every byte and refuses to hold more than there is."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.taken = 0

    def take(self, size: int) -> None:
        if self.taken + size > self.capacity:
            raise torch.OutOfMemoryError("out of memory")
        self.taken += size

    def give(self, size: int) -> None:
        self.taken -= size


class Module:
    """Stands for loaded weights: takes its bytes when made, gives them back when nobody holds it."""

    def __init__(self, name: str, size: int, device: Device) -> None:
        device.take(size)
        self.name = name
        weakref.finalize(self, device.give, size)


@dataclass
class Weights:
    name: str
    values: int
    device: Device = field(default_factory=lambda: Device(10**9))
    loads: int = 0

    @property
    def key(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        return f"{self.name}.safetensors"

    def size(self, dtype: torch.dtype) -> int:
        return self.values * dtype.itemsize

    def load(self, device: torch.device, dtype: torch.dtype, check: Check | None = None) -> Module:
        self.loads += 1
        return Module(self.name, self.size(dtype), self.device)


def residency(budget: int) -> Residency:
    return Residency(CPU, torch.float16, budget)


def test_it_tells_what_is_loaded_and_in_use_the_most_recent_first() -> None:
    memory = residency(100)
    with memory.use(Weights("a", 10)):
        pass
    with memory.use(Weights("b", 15)):
        assert memory.listed() == [("b.safetensors", 30, True), ("a.safetensors", 20, False)]
    memory.free()
    assert memory.listed() == []


def test_weights_are_loaded_once_and_stay() -> None:
    memory, weights = residency(100), Weights("a", 30)
    with memory.use(weights) as first:
        assert first.name == "a"
    with memory.use(Weights("a", 30)) as second:
        assert second is first
    assert weights.loads == 1
    assert memory.resident == 60


def test_the_least_recently_used_leaves_first_and_its_memory_with_it() -> None:
    device = Device(10**9)
    a, b, c = (Weights(name, 20, device) for name in "abc")
    memory = residency(100)
    for weights in (a, b, a, c):
        with memory.use(weights):
            assert device.taken == memory.resident <= 100
    with memory.use(a):
        assert a.loads == 1
    with memory.use(b):
        assert b.loads == 2


def test_weights_in_use_stay_even_if_they_are_the_oldest() -> None:
    a, b, c = (Weights(name, 20) for name in "abc")
    memory = residency(100)
    with memory.use(a):
        for weights in (b, c, b):
            with memory.use(weights):
                pass
        with memory.use(a):
            assert a.loads == 1


def test_too_large_alone_says_what_is_needed_and_evicts_nothing() -> None:
    memory, small = residency(100), Weights("small", 20)
    with memory.use(small):
        pass
    with pytest.raises(OutOfMemory) as caught, memory.use(Weights("large", 51)):
        pass
    assert (caught.value.expected, caught.value.got) == ("102 bytes", "100 bytes")
    assert memory.resident == 40


def test_too_large_beside_what_is_in_use() -> None:
    memory = residency(100)
    with memory.use(Weights("a", 30)):
        with pytest.raises(OutOfMemory) as caught, memory.use(Weights("b", 30)):
            pass
        assert caught.value.got == "40 bytes"
    with memory.use(Weights("b", 30)) as loaded:
        assert loaded.name == "b"


def test_a_device_that_is_fuller_than_thought_is_emptied_and_tried_again() -> None:
    device = Device(70)
    memory, a, b = residency(100), Weights("a", 20, device), Weights("b", 25, device)
    with memory.use(a):
        pass
    with memory.use(b):
        assert b.loads == 2
        assert device.taken == memory.resident == 50


def test_a_device_that_stays_too_full_is_reported() -> None:
    weights = Weights("a", 40, Device(70))
    memory = residency(100)
    with pytest.raises(OutOfMemory, match="80 bytes needed"), memory.use(weights):
        pass
    assert weights.loads == 2
    assert memory.resident == 0


def test_a_failed_load_leaves_the_books_right() -> None:
    class Broken(Weights):
        def load(self, device: torch.device, dtype: torch.dtype, check: Check | None = None) -> Module:
            raise ValueError("unreadable")

    memory = residency(100)
    with pytest.raises(ValueError, match="unreadable"), memory.use(Broken("a", 10)):
        pass
    assert memory.resident == 0


def test_an_error_in_the_block_releases_the_weights() -> None:
    memory = residency(100)
    with pytest.raises(KeyError), memory.use(Weights("a", 50)):
        raise KeyError("a")
    memory.free()
    assert memory.resident == 0


def test_free_keeps_what_is_in_use() -> None:
    memory = residency(100)
    with memory.use(Weights("a", 10)):
        with memory.use(Weights("b", 10)):
            pass
        memory.free()
        assert memory.resident == 20


def test_threads_share_one_copy() -> None:
    memory, weights = residency(100), Weights("a", 20)
    barrier = threading.Barrier(8)

    def work() -> None:
        barrier.wait()
        with memory.use(weights):
            pass

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert weights.loads == 1


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 60),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2)), max_size=30),
    st.lists(st.integers(0, 40), min_size=6, max_size=6),
)
def test_any_order_of_use_keeps_within_the_budget_to_the_byte(
    budget: int, steps: list[tuple[int, int]], values: list[int]
) -> None:
    device = Device(10**9)
    models = [Weights(str(index), count, device) for index, count in enumerate(values)]
    memory = residency(budget)
    releases: list[Callable[[], object]] = []
    for index, closing in steps:
        use = memory.use(models[index])
        try:
            use.__enter__()
        except OutOfMemory:
            pass
        else:
            releases.append(lambda use=use: use.__exit__(None, None, None))  # type: ignore[misc]
        for _ in range(min(closing, len(releases))):
            releases.pop(0)()
        del use
        gc.collect(0)
        assert device.taken == memory.resident <= budget
    for release in releases:
        release()
    memory.free()
    assert device.taken == memory.resident == 0
