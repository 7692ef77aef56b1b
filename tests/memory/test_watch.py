from collections.abc import Callable

import pytest
import torch
from torch import nn

from graphengine.memory.watch import watched


class StopError(Exception):
    pass


def stop_at(number: int) -> tuple[Callable[[], None], list[int]]:
    """A check that lets `number` calls pass, then stops; and the calls so far."""
    calls: list[int] = []

    def check() -> None:
        calls.append(len(calls))
        if len(calls) > number:
            raise StopError

    return check, calls


class Counted(nn.Module):
    """A layer with a weight that tells when it runs."""

    def __init__(self, runs: list[int], number: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(1))
        self.runs, self.number = runs, number

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.runs.append(self.number)
        return x * self.weight


def layers(count: int = 6) -> tuple[nn.Sequential, list[int]]:
    runs: list[int] = []
    return nn.Sequential(*(Counted(runs, number) for number in range(count))), runs


def hooks(module: nn.Module) -> int:
    return sum(len(layer._forward_pre_hooks) for layer in module.modules())


@pytest.mark.parametrize("number", range(6))
def test_no_layer_runs_after_the_check_that_stops(number: int) -> None:
    model, runs = layers()
    check, _ = stop_at(number)
    with pytest.raises(StopError), watched(model, check, soon=0):
        model(torch.ones(1))
    assert runs == list(range(number))
    assert hooks(model) == 0


def test_layers_that_come_soon_after_a_check_are_no_longer_watched() -> None:
    model, _ = layers()
    times = iter([10.0, 11.0, 11.1, 11.2, 12.0, 12.5, 14.0, *range(20, 40)])
    check, calls = stop_at(100)
    with watched(model, check, soon=1.0, clock=lambda: next(times)):
        model(torch.ones(1))
        assert len(calls) == 6
        assert hooks(model) == 3  # of those reached at 11, 12 and 14
        model(torch.ones(1))
        assert len(calls) == 9
    assert hooks(model) == 0


def test_only_layers_without_layers_are_watched() -> None:
    model = nn.Sequential(nn.Identity(), nn.Sequential(nn.Linear(2, 2), nn.SiLU()), nn.GroupNorm(1, 2))
    check, calls = stop_at(100)
    with watched(model, check, soon=0):
        model(torch.ones(1, 2))
    assert len(calls) == 4


def test_the_same_model_may_be_watched_twice() -> None:
    model, _ = layers(1)
    outer, outer_calls = stop_at(100)
    inner, inner_calls = stop_at(100)
    with watched(model, outer, soon=0):
        with watched(model, inner, soon=0):
            model(torch.ones(1))
        model(torch.ones(1))
    assert (len(outer_calls), len(inner_calls)) == (2, 1)


def test_what_is_no_module_is_left_alone() -> None:
    with watched("weights", stop_at(0)[0]):
        pass


class Event:
    """Stands for a mark in a GPU's queue that is reached after so many looks."""

    made: list["Event"]

    def __init__(self) -> None:
        self.looks = 0
        self.made.append(self)

    def record(self) -> None:
        pass

    def query(self) -> bool:
        self.looks += 1
        return self.looks > 3


def test_a_gpu_is_never_more_than_one_check_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Event, "made", [], raising=False)
    monkeypatch.setattr(torch.cuda, "Event", Event)
    monkeypatch.setattr(nn.Parameter, "is_cuda", True, raising=False)
    model, runs = layers(4)
    check, calls = stop_at(100)
    with watched(model, check, soon=0):
        model(torch.ones(1))
    assert [event.looks for event in Event.made] == [4, 4, 4, 0]
    assert len(calls) == 4 + 3 * 3  # before each layer, and at each look in vain
    check, _ = stop_at(6)
    with pytest.raises(StopError), watched(model, check, soon=0):
        model(torch.ones(1))
    assert runs == [0, 1, 2, 3, 0, 1]  # stopped while it waited


@pytest.mark.gpu
def test_a_gpu_at_work_is_left_within_half_a_second() -> None:
    import time

    gpu = torch.device("cuda")
    model = nn.Sequential(*(nn.Linear(8192, 8192, bias=False) for _ in range(8))).to(gpu)
    x = torch.ones(16384, 8192, device=gpu)
    until = time.perf_counter() + 1

    def check() -> None:
        if time.perf_counter() > until:
            raise StopError

    with torch.inference_mode(), pytest.raises(StopError), watched(model, check):
        for _ in range(1000):
            model(x)
    torch.cuda.synchronize()
    assert time.perf_counter() < until + 0.5
