"""One stage of training: optimiser, learning rate, averaged weights, and a state file to resume from."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar, cast

import torch
from torch import Tensor, nn

WARM_UP = 100
"""Steps over which the learning rate rises."""
COOL_DOWN = 0.3
"""Share of the steps over which it falls to zero at the end."""


M = TypeVar("M", bound=nn.Module)


@dataclass
class Training(Generic[M]):
    """A module on its way through `total` steps; resumes where the state file left off."""

    name: str
    module: M
    folder: Path
    total: int
    learning_rate: float
    seed: int
    device: torch.device
    average_over: int = 1000
    """Steps over which weights are averaged, about."""
    done: int = 0
    optimizer: torch.optim.Optimizer = field(init=False)
    averaged: torch.optim.swa_utils.AveragedModel = field(init=False)

    def __post_init__(self) -> None:
        """Make the optimiser, and take up the state where there is one."""
        self.module.to(self.device)
        self.optimizer = torch.optim.AdamW(
            self.module.parameters(), lr=self.learning_rate, betas=(0.9, 0.99), weight_decay=0.0
        )
        self.averaged = torch.optim.swa_utils.AveragedModel(
            self.module,
            multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(1 - 1 / self.average_over),
        )
        if self.state_file.exists():
            state = torch.load(self.state_file, map_location=self.device, weights_only=True)
            self.module.load_state_dict(state["module"])
            self.averaged.load_state_dict(state["averaged"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.done = state["done"]

    @property
    def state_file(self) -> Path:
        """Where the state is kept."""
        return self.folder / f"{self.name}.pt"

    def save(self) -> None:
        """Write the state beside the old one, then put it in its place."""
        state = {
            "module": self.module.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "done": self.done,
        }
        beside = self.state_file.with_suffix(".part")
        torch.save(state, beside)
        beside.replace(self.state_file)

    def steps(self) -> Iterator[int]:
        """The numbers of the steps still to take, each with its learning rate set."""
        self.module.train()
        while self.done < self.total:
            left = (self.total - self.done) / max(1, COOL_DOWN * self.total)
            for group in self.optimizer.param_groups:
                group["lr"] = self.learning_rate * min(1.0, (self.done + 1) / WARM_UP, left)
            yield self.done

    def mixed_precision(self) -> contextlib.AbstractContextManager[object]:
        """bfloat16 where the loss is computed, float32 where the weights are kept."""
        return torch.autocast(self.device.type, torch.bfloat16)

    def descend(self, loss: Tensor) -> None:
        """One step of the optimiser against the loss."""
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.module.parameters(), 1.0)
        self.optimizer.step()
        if self.done > 2 * WARM_UP:
            self.averaged.update_parameters(self.module)
        self.done += 1

    @property
    def result(self) -> M:
        """The averaged weights, ready for use."""
        return cast(M, self.averaged.module).eval().requires_grad_(False)
