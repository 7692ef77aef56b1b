import json
from pathlib import Path
from typing import Any

import pytest

from graphengine.runtime.native_size import FIRST, native_side
from graphengine.runtime.runtime import Runtime


def file(tmp_path: Path, header: dict[str, Any]) -> Path:
    text = json.dumps(header).encode()
    path = tmp_path / "model.safetensors"
    path.write_bytes(len(text).to_bytes(8, "little") + text)
    return path


def of_width(width: int) -> dict[str, Any]:
    return {FIRST: {"dtype": "F16", "shape": [width, 4, 3, 3], "data_offsets": [0, 0]}}


@pytest.mark.parametrize(
    ("header", "side"),
    [
        (of_width(320), 512),
        (of_width(320) | {"__metadata__": {"modelspec.resolution": "768x768"}}, 768),
        ({"__metadata__": {"modelspec.resolution": "1024x576"}}, 768),
        (of_width(320) | {"__metadata__": {"modelspec.resolution": "large"}}, 512),
        (of_width(64), None),
        ({}, None),
    ],
)
def test_the_header_tells_the_side(tmp_path: Path, header: dict[str, Any], side: int | None) -> None:
    assert native_side(file(tmp_path, header)) == side


@pytest.mark.parametrize(
    "content", [b"", b"weights", b"PK\x03\x04" * 20, b"\x02\0\0\0\0\0\0\0[]", b"\xff\0\0\0\0\0\0\0{"]
)
def test_what_is_no_checkpoint_has_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.ckpt"
    path.write_bytes(content)
    assert native_side(path) is None


def test_the_model_that_is_shipped_has_its_own(tmp_path: Path) -> None:
    sides = {model.name: model.side for model in Runtime(tmp_path).models()}
    assert sides == {"shapes.safetensors": 128, "shapes_decoder.safetensors": None}
