import os

import pytest
import torch

from graphengine.memory import device
from graphengine.memory.residency import Residency


def test_full_precision_on_the_cpu_and_half_on_a_gpu() -> None:
    assert device.choose_dtype(torch.device("cpu")) == torch.float32
    assert device.choose_dtype(torch.device("cuda")) == torch.float16


def test_the_cpu_without_a_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    assert device.choose_device() == torch.device("cpu")


def test_cuda_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "current_device", lambda: 0)
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda _: (8 << 30, 12 << 30))
    chosen = device.choose_device()
    assert chosen.type == "cuda"
    assert device.default_budget(chosen) == 7 << 30


def test_the_cpus_budget_is_less_than_the_memory_there_is() -> None:
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    assert 0 < device.default_budget(torch.device("cpu")) < total


def test_host_memory_where_linux_does_not_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr("builtins.open", refuse)
    assert device.available_host_bytes() == os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


@pytest.mark.gpu
def test_weights_leave_the_gpu_when_they_are_evicted() -> None:
    class Weights:
        key = "a"
        title = "a"

        def size(self, dtype: torch.dtype) -> int:
            return (64 << 20) * dtype.itemsize

        def load(self, device: torch.device, dtype: torch.dtype, check: object = None) -> torch.Tensor:
            return torch.ones(64 << 20, dtype=dtype, device=device)

    gpu = device.choose_device()
    memory = Residency(gpu, device.choose_dtype(gpu), device.default_budget(gpu))
    before = torch.cuda.memory_reserved(gpu)
    with memory.use(Weights()) as loaded:
        assert loaded.dtype == torch.float16
        assert torch.cuda.memory_allocated(gpu) >= 128 << 20
    del loaded
    memory.free()
    assert torch.cuda.memory_reserved(gpu) <= before


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="needs Linux's figures")
def test_freed_memory_goes_back_to_the_system() -> None:
    def pages() -> int:
        with open("/proc/self/statm", encoding="ascii") as statm:
            return int(statm.read().split()[1])

    blocks = [bytearray(60_000) for _ in range(2000)]
    last = bytearray(60_000)  # keeps the heap's end in use, so that nothing is given back by itself
    held = pages()
    del blocks
    device.give_back_freed_memory(torch.device("cpu"))
    assert (held - pages()) * os.sysconf("SC_PAGE_SIZE") > 60_000_000
    assert len(last) == 60_000
