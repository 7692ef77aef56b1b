"""What a check that raises does to the weights in memory, and to whoever waits for them."""

import threading
import time
import weakref
from collections.abc import Callable

import pytest
import torch
from torch import nn

from graphengine.memory.residency import Residency
from graphengine.memory.watch import Check

CPU = torch.device("cpu")


class StopError(Exception):
    pass


class Weights:
    """Layers that are made one by one, with a check before each; knows how many of them there are."""

    size_of_layer = 16 * 4

    def __init__(self, name: str = "a", layers: int = 4) -> None:
        self.key = self.title = name
        self.layers = layers
        self.alive: weakref.WeakSet[nn.Module] = weakref.WeakSet()

    def size(self, dtype: torch.dtype) -> int:
        return self.layers * self.size_of_layer

    def load(self, device: torch.device, dtype: torch.dtype, check: Check | None = None) -> nn.Module:
        made = []
        for _ in range(self.layers):
            if check is not None:
                check()
            made.append(nn.Linear(4, 4, bias=False))
            self.alive.add(made[-1])
        return nn.Sequential(*made)


def failing_at(number: int) -> Callable[[], None]:
    left = [number]

    def check() -> None:
        if left[0] == 0:
            raise StopError
        left[0] -= 1

    return check


def test_stopped_anywhere_it_leaves_nothing_behind_and_the_next_use_works() -> None:
    for number in range(100):
        weights = Weights()
        memory = Residency(CPU, torch.float32, weights.size(torch.float32))
        try:
            with memory.use(weights, failing_at(number)) as model:
                loaded = len(weights.alive)
                model(torch.ones(4))
        except StopError as raised:
            error: StopError | None = raised  # kept, as a debugger or a log may keep it
        else:
            error = None
        whole = memory.resident == weights.size(torch.float32)
        assert whole or (memory.resident == 0 and len(weights.alive) == 0)
        other = Weights("b")  # takes the whole budget: nothing may count as in use
        with memory.use(other) as model:
            model(torch.ones(4))
            assert not any(layer._forward_pre_hooks for layer in model.modules())
            assert memory.resident == memory.budget
        with memory.use(weights) as model:
            model(torch.ones(4))
        if error is None:
            assert loaded == 4
            assert number > 4  # once at the start and before each layer that is loaded, at the least
            return
    pytest.fail("it never got through")


def test_a_thread_has_the_device_to_itself_and_may_use_a_second_model() -> None:
    memory = Residency(CPU, torch.float32, 10**6)
    inside: list[str] = []
    crowded: list[list[str]] = []

    def work(name: str) -> None:
        for _ in range(20):
            with memory.use(Weights(name)), memory.use(Weights("shared")):
                inside.append(name)
                time.sleep(0.0005)
                if len(inside) > 1:
                    crowded.append(list(inside))
                inside.remove(name)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert crowded == []


def test_who_waits_for_the_device_can_be_stopped() -> None:
    memory = Residency(CPU, torch.float32, 10**6)
    entered, leave, stopped = threading.Event(), threading.Event(), threading.Event()
    cancelled = threading.Event()
    weights = Weights("b")

    def hold() -> None:
        with memory.use(Weights("a")):
            entered.set()
            leave.wait(30)

    def check() -> None:
        if cancelled.is_set():
            raise StopError

    def wait() -> None:
        try:
            with memory.use(weights, check):
                pass
        except StopError:
            stopped.set()

    holder, waiter = threading.Thread(target=hold), threading.Thread(target=wait)
    holder.start()
    entered.wait(30)
    waiter.start()
    assert not stopped.wait(0.05)
    cancelled.set()
    assert stopped.wait(30)
    assert len(weights.alive) == 0
    leave.set()
    holder.join()
    waiter.join()
    with memory.use(weights, lambda: None) as model:
        assert len(model) == 4


def test_the_books_are_open_while_the_device_is_in_use() -> None:
    memory = Residency(CPU, torch.float32, 10**6)
    seen: list[int] = []

    def look() -> None:
        memory.free()
        seen.append(memory.resident)

    with memory.use(Weights("idle")):
        pass
    with memory.use(Weights("a")):
        other = threading.Thread(target=look)
        other.start()
        other.join(30)
        assert seen == [Weights().size(torch.float32)]
