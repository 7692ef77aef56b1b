"""One component's share of a model file, and its complaints."""

from collections.abc import Mapping
from pathlib import Path

from torch import nn

from graphengine.diffusion.weights.weights_file import Entry, WeightsFile
from graphengine.errors import ModelFileError

SHOWN = 3
"""Names of tensors in a message, at most."""


class Part:
    """The tensors of a file under one prefix."""

    def __init__(self, file: WeightsFile, prefix: str, title: str) -> None:
        self.path: Path = file.path
        self.prefix = prefix
        self.title = title
        self.entries: Mapping[str, Entry] = {
            name.removeprefix(prefix): entry
            for name, entry in file.entries.items()
            if name.startswith(prefix)
        }

    def shape(self, name: str, dimensions: int) -> tuple[int, ...]:
        """The shape of a tensor that has to be there. Raises ModelFileError."""
        if name not in self.entries:
            raise self.error(f"tensor '{self.prefix}{name}'", "no such tensor")
        shape = self.entries[name].shape
        if len(shape) != dimensions or 0 in shape:
            expected = f"tensor '{self.prefix}{name}' of {dimensions} dimensions"
            raise self.error(expected, f"shape {list(shape)}")
        return shape

    def has(self, start: str) -> bool:
        """Whether any tensor's name starts so."""
        return any(name.startswith(start) for name in self.entries)

    def count(self, before: str, after: str) -> int:
        """How many tensors there are named before 0 after, before 1 after, and so on without a gap."""
        number = 0
        while f"{before}{number}{after}" in self.entries:
            number += 1
        return number

    def units(self, channels: int, base: int) -> int:
        """How many times `base` a number of channels is. Raises ModelFileError where it is none."""
        if channels % base:
            raise self.error(f"channels that are a multiple of {base}", f"{channels} channels")
        return channels // base

    def check(self, expected: Mapping[str, tuple[int, ...]], ignored: tuple[str, ...] = ()) -> None:
        """Compare all names and shapes with those of the recognised component. Raises ModelFileError."""
        missing = [name for name in expected if name not in self.entries]
        if missing:
            raise self.error(f"tensors {self.listed(missing)}", f"{len(missing)} tensors are missing")
        surplus = [name for name in self.entries if name not in expected and not name.startswith(ignored)]
        if surplus:
            raise self.error("no tensors beside those of the architecture", f"also {self.listed(surplus)}")
        for name, shape in expected.items():
            if without_ones(self.entries[name].shape) != without_ones(shape):
                raise self.error(
                    f"tensor '{self.prefix}{name}' of shape {list(shape)}",
                    f"shape {list(self.entries[name].shape)}",
                )

    def listed(self, names: list[str]) -> str:
        """Some names in full and how many more there are."""
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        return ", ".join(f"'{self.prefix}{name}'" for name in names[:SHOWN]) + more

    def error(self, expected: str, got: str) -> ModelFileError:
        """The error for a component that is not as Stable Diffusion 1 has it."""
        return ModelFileError(
            f"{self.path}: the {self.title} is not one of Stable Diffusion 1: expected {expected}, got {got}",
            kind="unknown_model",
            expected=expected,
            got=got,
        )


def shapes_of(module: nn.Module) -> dict[str, tuple[int, ...]]:
    """Name and shape of each parameter and buffer that a file has to hold."""
    return {name: tuple(tensor.shape) for name, tensor in module.state_dict().items()}


def without_ones(shape: tuple[int, ...]) -> tuple[int, ...]:
    """A shape without its last dimensions of length one: a linear layer may be kept as a 1x1 convolution."""
    while shape and shape[-1] == 1:
        shape = shape[:-1]
    return shape
