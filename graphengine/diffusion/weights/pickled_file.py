"""Checkpoints that torch saved as a pickle, read by its weights-only reader, which runs no code."""

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from graphengine.diffusion.weights.checked_file import CheckedFile
from graphengine.diffusion.weights.weights_file import Entry
from graphengine.errors import ModelFileError

INNER = ("state_dict", "string_to_param")
"""Under which names what counts lies in a file that holds other things beside it."""


class PickledFile:
    """A `.ckpt` or `.pt` file; its tensors are memory-mapped where torch wrote it as a zip.

    check: called whenever some of it is read, where it isn't mapped.
    """

    def __init__(self, path: Path, check: Callable[[], None] | None = None) -> None:
        self.path = path
        self._check = check
        self.metadata: Mapping[str, str] = {}
        self.entries: Mapping[str, Entry] = {
            name: Entry(tuple(tensor.shape), tensor.dtype)
            for name, tensor in read_pickle(path, check).items()
        }

    def tensors(self, names: Iterable[str]) -> Iterator[tuple[str, Tensor]]:
        """The named tensors, as views of the mapped file."""
        tensors = read_pickle(self.path, self._check)
        for name in names:
            yield name, tensors.pop(name)


def read_pickle(path: Path, check: Callable[[], None] | None = None) -> dict[str, Tensor]:
    """The tensors of a pickled file, taken out of its `state_dict` or `string_to_param`."""
    try:
        content = load(path, check)
    except pickle.UnpicklingError as error:
        raise ModelFileError(
            f"{path}: holds more than tensors, and is not loaded since it could run code",
            kind="pickled_model",
            expected="a checkpoint of nothing but tensors",
            got=str(error).splitlines()[0],
            hint="get the model as safetensors",
        ) from error
    except (RuntimeError, EOFError, KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
        raise ModelFileError(
            f"{path}: is damaged, or not a checkpoint that torch wrote",
            kind="damaged_model",
            expected="a checkpoint",
            got=f"{type(error).__name__}: {error}".splitlines()[0],
            hint="download or copy the file again",
        ) from error
    for inner in INNER:
        if isinstance(content, dict) and isinstance(content.get(inner), dict):
            content = content[inner]
    if not isinstance(content, dict):
        raise ModelFileError(
            f"{path}: holds no named tensors", kind="not_a_model",
            expected="named tensors", got=type(content).__name__,
        )  # fmt: skip
    return {name: value for name, value in content.items() if isinstance(value, Tensor)}


def load(path: Path, check: Callable[[], None] | None = None) -> Any:
    """What the file holds, mapped where its format allows that."""
    with path.open("rb") as file:
        is_zip = file.read(4) == b"PK\x03\x04"
        if not is_zip and check is not None:
            file.seek(0)
            return load_checked(CheckedFile(file, check))
    return torch.load(path, map_location="cpu", weights_only=True, mmap=is_zip)


def load_checked(file: CheckedFile) -> Any:
    """What a file holds; raises what stopped its reading."""
    try:
        return torch.load(file, map_location="cpu", weights_only=True)  # type: ignore[arg-type]
    finally:
        if file.stopped is not None:
            raise file.stopped
