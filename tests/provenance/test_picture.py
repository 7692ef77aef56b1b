from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from graphengine.errors import GraphEngineError
from graphengine.provenance import ModelUsed, Provenance, encode_picture, read_provenance
from graphengine.provenance.picture import KEYWORD, is_picture, record_in, with_record
from graphengine.provenance.record import FORMAT, versions_in_use

PIXELS = np.random.default_rng(0).integers(0, 256, (24, 32, 3), dtype=np.uint8)
RECORD = Provenance(
    document={"format": "graphengine/1", "nodes": {"a": {"type": "b", "inputs": {"text": "röt ● 赤"}}}},
    parameters={"prompt": "röt ● 赤", "steps": 3, "guidance": 7.5},
    seed=2**64 - 1,
    versions={"graphengine": "0"},
    models=(ModelUsed("shapes.safetensors", "ab" * 32),),
)


def saved(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "picture.png"
    path.write_bytes(data)
    return path


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    path = saved(tmp_path, encode_picture(PIXELS, RECORD))
    assert read_provenance(path) == RECORD
    with Pillow.open(path) as picture:
        assert picture.mode == "RGB"
        assert np.array_equal(np.asarray(picture), PIXELS)


def test_a_record_takes_the_place_of_another_and_the_pixels_stay_as_they_are_written(tmp_path: Path) -> None:
    data = encode_picture(PIXELS, RECORD)
    assert record_in(data) == RECORD
    other = replace(RECORD, document={"nodes": {}, "layout": {"a": {"x": 1}}})
    changed = with_record(data, other)
    assert read_provenance(saved(tmp_path, changed)) == other
    assert changed[changed.index(b"IDAT") :] == data[data.index(b"IDAT") :]
    assert with_record(changed, RECORD) == data  # as it would have been written at first


@pytest.mark.parametrize(
    "data", [b"", b"no picture", encode_picture(PIXELS), encode_picture(PIXELS, RECORD)[:60]]
)
def test_what_has_no_record_has_none(data: bytes) -> None:
    assert record_in(data) is None


def test_a_picture_without_a_record_says_so(tmp_path: Path) -> None:
    path = saved(tmp_path, encode_picture(PIXELS))
    with pytest.raises(GraphEngineError, match="carries no workflow") as caught:
        read_provenance(path)
    assert caught.value.kind == "no_provenance"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{", "damaged record"),
        ("[]", "no workflow document"),
        ('{"format": "graphengine-picture/1"}', "no workflow document"),
        ('{"format": "other/1", "document": {}}', f"expected '{FORMAT}'"),
        ('{"format": "graphengine-picture/1", "document": {}, "models": [3]}', "damaged record"),
        ('{"format": "graphengine-picture/1", "document": {}, "parameters": 3}', "'parameters' is no object"),
    ],
)
def test_a_damaged_record_is_one_clear_error(tmp_path: Path, text: str, expected: str) -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_itxt(KEYWORD, text)
    path = tmp_path / "picture.png"
    Pillow.fromarray(PIXELS).save(path, pnginfo=info)
    with pytest.raises(GraphEngineError, match=expected):
        read_provenance(path)


@pytest.mark.parametrize("keep", [0, 4, 60, 700])
def test_a_truncated_picture_is_one_clear_error(tmp_path: Path, keep: int) -> None:
    path = saved(tmp_path, encode_picture(PIXELS, RECORD)[:keep])
    with pytest.raises(GraphEngineError):
        read_provenance(path)


def test_a_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(GraphEngineError, match="cannot be read"):
        read_provenance(tmp_path / "nothing.png")


def test_a_picture_is_known_by_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "picture.dat"
    path.write_bytes(encode_picture(PIXELS))
    assert is_picture(path)
    path.write_text("{}")
    assert not is_picture(path)
    assert not is_picture(tmp_path / "nothing")


def test_versions_name_what_decides_the_pixels() -> None:
    assert versions_in_use().keys() == {"graphengine", "python", "torch", "transformers"}
