from pathlib import Path

import pytest
import torch
from torch import nn

from graphengine.diffusion.training.run import Training


def fit(folder: Path, total: int, stop_at: int | None = None) -> Training:
    torch.manual_seed(0)
    training = Training("line", nn.Linear(3, 1), folder, total, 1e-2, 0, torch.device("cpu"), average_over=10)
    for step in training.steps():
        if step == stop_at:
            training.save()
            break
        x = torch.randn(8, 3, generator=torch.Generator().manual_seed(step))
        training.descend((training.module(x) - x.sum(-1, keepdim=True)).square().mean())
    return training


def test_a_resumed_training_ends_where_an_unbroken_one_does(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    unbroken = fit(tmp_path / "a", 300)
    fit(tmp_path / "b", 300, stop_at=130)
    resumed = fit(tmp_path / "b", 300)
    assert resumed.done == 300
    for one, other in zip(unbroken.result.parameters(), resumed.result.parameters(), strict=True):
        assert torch.equal(one, other)


def test_training_learns_the_line_and_averages_weights(tmp_path: Path) -> None:
    training = fit(tmp_path, 900)
    weight = next(training.result.parameters())
    assert weight.flatten().tolist() == pytest.approx([1, 1, 1], abs=0.05)


def test_the_learning_rate_rises_and_falls(tmp_path: Path) -> None:
    training = Training("rate", nn.Linear(1, 1), tmp_path, 1000, 1.0, 0, torch.device("cpu"))
    rates = []
    for _ in training.steps():
        rates.append(training.optimizer.param_groups[0]["lr"])
        training.done += 1
    assert rates[0] == pytest.approx(0.01)
    assert rates[500] == 1.0
    assert rates[-1] == pytest.approx(1 / 300)
