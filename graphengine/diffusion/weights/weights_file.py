"""What every file of weights offers, whatever its format."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor


@dataclass(frozen=True)
class Entry:
    """One tensor of a file."""

    shape: tuple[int, ...]
    dtype: torch.dtype


class WeightsFile(Protocol):
    """A file of named tensors."""

    path: Path

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Shape and dtype of each tensor, known without reading any."""
        ...

    @property
    def metadata(self) -> Mapping[str, str]:
        """What the file's author wrote into its header."""
        ...

    def tensors(self, names: Iterable[str]) -> Iterator[tuple[str, Tensor]]:
        """The named tensors, one after the other, in the order that reads the file best.

        They are views of the memory-mapped file. A caller who keeps none of them keeps none of the
        file in memory.
        """
        ...
