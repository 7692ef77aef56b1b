"""Files in the safetensors format, memory-mapped."""

import json
import math
import struct
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from torch import Tensor

from graphengine.diffusion.weights.weights_file import Entry
from graphengine.errors import ModelFileError

GROUP_BYTES = 32 << 20
"""Bytes that are read through one mapping, after which its pages are given back."""
HEADER_LIMIT = 100_000_000
"""Longest header that the format allows, in bytes."""
DTYPES = {
    "F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16,
    "F8_E4M3": torch.float8_e4m3fn, "F8_E5M2": torch.float8_e5m2,
    "I64": torch.int64, "I32": torch.int32, "I16": torch.int16, "I8": torch.int8, "U8": torch.uint8,
    "BOOL": torch.bool,
}  # fmt: skip
ZIP = b"PK\x03\x04"
PICKLE = b"\x80"


class SafetensorsFile:
    """A safetensors file whose header was read and checked against the file's length."""

    def __init__(self, path: Path) -> None:
        self.path = path
        header = read_header(path)
        self.metadata: Mapping[str, str] = header.pop("__metadata__", {})
        self._ends = {name: value["data_offsets"][1] for name, value in header.items()}
        self.entries: Mapping[str, Entry] = {
            name: Entry(tuple(value["shape"]), DTYPES[value["dtype"]]) for name, value in header.items()
        }

    def tensors(self, names: Iterable[str]) -> Iterator[tuple[str, Tensor]]:
        """The named tensors in the file's order, as views of the mapped file."""
        ordered = sorted(names, key=lambda name: self._ends[name])
        while ordered:
            first = self._ends[ordered[0]]
            group = [name for name in ordered if self._ends[name] - first <= GROUP_BYTES]
            with safe_open(self.path, framework="pt") as mapped:
                for name in group:
                    yield name, mapped.get_tensor(name)
            ordered = ordered[len(group) :]


def read_header(path: Path) -> dict[str, Any]:
    """The header: each tensor's dtype, shape and place. Raises ModelFileError where it is not sound."""
    size = path.stat().st_size
    if size == 0:
        raise damaged(path, "the file is empty", "0 bytes")
    with path.open("rb") as file:
        start = file.read(8)
        length = struct.unpack("<Q", start)[0] if len(start) == 8 else 0
        sound = 2 <= length <= HEADER_LIMIT
        if not sound and start.startswith((ZIP, PICKLE)):
            raise ModelFileError(
                f"{path}: is a pickled checkpoint, not a safetensors file",
                kind="pickled_model",
                expected="a safetensors file",
                got="a pickle, which can run code when it is loaded",
                hint="get the model as safetensors; or, if you trust it, give it the name ending .ckpt",
            )
        if not sound:
            raise ModelFileError(
                f"{path}: is not a safetensors file",
                kind="not_a_model",
                expected="a safetensors file",
                got=f"a file that starts with {start!r}",
            )
        if 8 + length > size:
            raise damaged(path, "it ends within its header", f"{size:,} of at least {8 + length:,} bytes")
        text = file.read(length)
    try:
        header = json.loads(text)
        expected = 8 + length + data_length(header)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise damaged(path, "its header can't be understood", f"{type(error).__name__}: {error}") from error
    if size != expected:
        cause = "it was cut short" if size < expected else "more follows than its header tells"
        raise damaged(path, cause, f"{size:,} of {expected:,} bytes")
    return dict(header)


def data_length(header: dict[str, Any]) -> int:
    """Bytes of all tensors. Raises ValueError, KeyError or TypeError where the header contradicts itself."""
    places = []
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        if end - begin != math.prod(entry["shape"]) * DTYPES[entry["dtype"]].itemsize:
            raise ValueError(f"tensor {name!r} has {end - begin} bytes for shape {entry['shape']}")
        places.append((begin, end))
    places.sort()
    length = 0
    for begin, end in places:
        if begin != length:
            raise ValueError("tensors do not follow one another")
        length = int(end)
    return length


def damaged(path: Path, cause: str, got: str) -> ModelFileError:
    """The error for a file that was a safetensors file once."""
    return ModelFileError(
        f"{path}: damaged safetensors file: {cause} ({got})",
        kind="damaged_model",
        expected="a whole safetensors file",
        got=got,
        hint="download or copy the file again",
    )
