"""The size of the pictures that a checkpoint was trained on."""

import json
import math
import re
from pathlib import Path
from typing import Any

HEADER_LIMIT = 100_000_000
"""Longest header that the safetensors format allows, in bytes."""
FIRST = "model.diffusion_model.input_blocks.0.0.weight"
SIDES = {320: 512, 48: 128}
"""By the width of the UNet: Stable Diffusion 1, and `shapes`."""


def native_side(path: Path) -> int | None:
    """Pixels of a side of the squares that it does best, as its header tells; None where that isn't known."""
    try:
        header = _header(path)
        told = header.get("__metadata__", {}).get("modelspec.resolution", "")
        if square := re.fullmatch(r"(\d{2,5})x(\d{2,5})", told):
            return round(math.sqrt(int(square[1]) * int(square[2])))
        return SIDES.get(header[FIRST]["shape"][0])
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return None  # what is wrong with a file is told by what loads it


def _header(path: Path) -> Any:
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        return json.loads(file.read(length)) if length <= HEADER_LIMIT else {}
