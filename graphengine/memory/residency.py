"""The one place that decides which weights are in memory."""

import gc
import threading
import traceback
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import torch

from graphengine.errors import OutOfMemory
from graphengine.memory.device import give_back_freed_memory
from graphengine.memory.eviction import Resident, plan_evictions
from graphengine.memory.watch import Check, watched

PATIENCE = 0.1
"""Seconds between two checks while another thread has the device."""
T = TypeVar("T", covariant=True)


class Loadable(Protocol[T]):
    """Weights that are in a file until somebody needs them."""

    @property
    def key(self) -> Hashable:
        """The same for the same weights, wherever they were opened."""
        ...

    @property
    def title(self) -> str:
        """What people call them."""
        ...

    def size(self, dtype: torch.dtype) -> int:
        """Bytes that the loaded weights take, known without loading them."""
        ...

    def load(self, device: torch.device, dtype: torch.dtype, check: Check | None = None) -> T:
        """Read the weights onto the device in the given precision.

        check: called between tensors; what it raises ends the loading.
        """
        ...


@dataclass
class Held:
    """Loaded weights and how many are using them now."""

    title: str
    loaded: Any
    size: int
    users: int


class Residency:
    """Keeps weights on one device within a budget of bytes; the least recently used leave first.

    Threads may share one; they take turns, so that no two compute on the device at once.
    """

    def __init__(self, device: torch.device, dtype: torch.dtype, budget: int) -> None:
        self.device = device
        self.dtype = dtype
        self.budget = budget
        self._held: OrderedDict[Hashable, Held] = OrderedDict()  # least recently used first
        self._turn = threading.RLock()  # of the thread that uses the device
        self._books = threading.RLock()  # of who reads or changes what is held; never for long

    @property
    def resident(self) -> int:
        """Bytes of weights that are loaded now."""
        with self._books:
            return sum(held.size for held in self._held.values())

    def listed(self) -> list[tuple[str, int, bool]]:
        """What is loaded, the most recently used first: its title, its bytes, and whether it is in use."""
        with self._books:
            return [(held.title, held.size, held.users > 0) for held in reversed(self._held.values())]

    @contextmanager
    def use(self, loadable: Loadable[T], check: Check | None = None) -> Iterator[T]:
        """Have weights loaded, and the device to oneself, for as long as the block runs.

        check: called while another thread has the device, while the weights are loaded, and between the
        kernels of the model, so that what it raises, such as `Cancelled`, ends the wait or the work.
        Raises OutOfMemory where the weights don't fit beside what is in use, and then evicts nothing.
        """
        self._take_turn(check)
        try:
            held = self._take(loadable.key) or self._load(loadable, check)
            try:
                if check is None:
                    yield held.loaded
                else:
                    with watched(held.loaded, check):
                        yield held.loaded
            finally:
                with self._books:
                    held.users -= 1
        finally:
            self._turn.release()

    def free(self) -> None:
        """Evict all that is not in use."""
        with self._books:
            self._evict([resident for resident in self._residents() if not resident.in_use])

    def _take_turn(self, check: Check | None) -> None:
        if check is None:
            self._turn.acquire()
            return
        check()
        while not self._turn.acquire(timeout=PATIENCE):
            check()

    def _take(self, key: Hashable) -> Held | None:
        with self._books:
            held = self._held.get(key)
            if held is not None:
                self._held.move_to_end(key)
                held.users += 1
            return held

    def _load(self, loadable: Loadable[Any], check: Check | None) -> Held:
        needed = loadable.size(self.dtype)
        with self._books:
            evicted = plan_evictions(needed, self.budget, self._residents())
            if evicted is None:
                in_use = sum(held.size for held in self._held.values() if held.users)
                raise out_of_memory(needed, self.budget - in_use, self.device)
            self._evict(evicted)
        try:
            loaded = self._loaded(loadable, check)
        except torch.OutOfMemoryError:
            loaded = None  # retried below, once the failed attempt's own tensors are out of scope
        if loaded is None:
            self.free()
            try:
                loaded = self._loaded(loadable, check)
            except torch.OutOfMemoryError as error:
                raise out_of_memory(needed, free_bytes(self.device), self.device) from error
        with self._books:
            held = self._held[loadable.key] = Held(loadable.title, loaded, needed, users=1)
        return held

    def _loaded(self, loadable: Loadable[Any], check: Check | None) -> Any:
        """The loaded weights; where loading fails, what was loaded by then is dropped at once."""
        try:
            return loadable.load(self.device, self.dtype, check)
        except BaseException as error:
            traceback.clear_frames(error.__traceback__)  # the error would keep them as long as it is kept
            give_back_freed_memory(self.device)
            raise

    def _residents(self) -> list[Resident]:
        return [Resident(key, held.size, held.users > 0) for key, held in self._held.items()]

    def _evict(self, evicted: list[Resident]) -> None:
        for resident in evicted:
            del self._held[resident.key]
        if evicted:
            gc.collect()  # modules may hold themselves in a cycle, and they are large
            give_back_freed_memory(self.device)


def free_bytes(device: torch.device) -> int:
    """Bytes that are free on a CUDA device; 0 where the device can't tell."""
    return torch.cuda.mem_get_info(device)[0] if device.type == "cuda" else 0


def out_of_memory(needed: int, available: int, device: torch.device) -> OutOfMemory:
    """The error for weights that don't fit."""
    return OutOfMemory(
        f"not enough memory on {device} for the model's weights: "
        f"{needed:,} bytes needed, {max(0, available):,} available",
        kind="out_of_memory",
        expected=f"{needed:,} bytes",
        got=f"{max(0, available):,} bytes",
        hint="use a smaller model, or give the engine a larger memory budget",
    )
