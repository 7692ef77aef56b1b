import json
import pickle
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file

from graphengine.diffusion.weights import safetensors_file
from graphengine.diffusion.weights.read import open_weights
from graphengine.diffusion.weights.safetensors_file import SafetensorsFile
from graphengine.errors import ModelFileError

TENSORS = {"a": torch.arange(12.0).reshape(3, 4), "b": torch.ones(5, dtype=torch.float16)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    save_file(TENSORS, tmp_path / "m.safetensors", metadata={"modelspec.title": "m"})
    return tmp_path / "m.safetensors"


def change_header(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    content = path.read_bytes()
    length = struct.unpack("<Q", content[:8])[0]
    header = json.loads(content[8 : 8 + length])
    change(header)
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + content[8 + length :])


def refusal(path: Path) -> ModelFileError:
    with pytest.raises(ModelFileError) as caught:
        open_weights(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    return caught.value


def test_sizes_are_known_without_reading_a_tensor(path: Path) -> None:
    file = SafetensorsFile(path)
    assert {name: (entry.shape, entry.dtype) for name, entry in file.entries.items()} == {
        "a": ((3, 4), torch.float32),
        "b": ((5,), torch.float16),
    }
    assert file.metadata == {"modelspec.title": "m"}


@pytest.mark.parametrize("group", [1, 1 << 20])
def test_tensors_come_whole_whatever_the_size_of_a_group(
    path: Path, monkeypatch: pytest.MonkeyPatch, group: int
) -> None:
    monkeypatch.setattr(safetensors_file, "GROUP_BYTES", group)
    tensors = dict(SafetensorsFile(path).tensors(["b", "a"]))
    assert tensors["a"].equal(TENSORS["a"])
    assert tensors["b"].equal(TENSORS["b"])


def test_a_missing_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.safetensors").kind == "missing_model"


def test_a_folder(tmp_path: Path) -> None:
    assert "a folder" in str(refusal(tmp_path))


def test_an_empty_file(path: Path) -> None:
    path.write_bytes(b"")
    error = refusal(path)
    assert (error.kind, error.got) == ("damaged_model", "0 bytes")


@pytest.mark.parametrize("kept", [8, 30, -1])
def test_a_truncated_file_tells_how_much_is_there(path: Path, kept: int) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:kept])
    error = refusal(path)
    assert error.kind == "damaged_model"
    assert error.got is not None
    assert error.got.startswith(f"{len(whole[:kept]):,} of")
    assert error.hint is not None


def test_a_file_with_something_behind_it(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")
    assert "more follows" in str(refusal(path))


def test_a_header_that_is_no_json(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:8] + b"?" + content[9:])
    assert "header can't be understood" in str(refusal(path))


def test_a_header_nested_without_end(path: Path) -> None:
    text = b"[" * 200_000
    path.write_bytes(struct.pack("<Q", len(text)) + text)
    assert "header can't be understood" in str(refusal(path))


@pytest.mark.parametrize(
    "change",
    [
        lambda header: header["a"].update(shape=[3, 5]),
        lambda header: header["a"].update(shape="large"),
        lambda header: header["a"].update(dtype="F128"),
        lambda header: header["a"].update(data_offsets=[-48, 0]),
        lambda header: header["a"].pop("data_offsets"),
        lambda header: header.update(a=[1, 2]),
    ],
)
def test_a_header_that_contradicts_itself(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    change_header(path, change)
    assert refusal(path).kind == "damaged_model"


def test_tensors_that_lie_over_one_another(path: Path) -> None:
    change_header(path, lambda header: header.update(c=dict(header["b"])))
    assert "do not follow one another" in str(refusal(path))


def test_text_is_not_a_safetensors_file(path: Path) -> None:
    path.write_text("<!DOCTYPE html><html>not found</html>")
    assert refusal(path).kind == "not_a_model"


@pytest.mark.parametrize("zipped", [True, False])
def test_a_pickle_under_the_name_of_a_safetensors(path: Path, zipped: bool) -> None:
    torch.save({"state_dict": TENSORS}, path, _use_new_zipfile_serialization=zipped)
    error = refusal(path)
    assert error.kind == "pickled_model"
    assert "pickle" in str(error.got)
    assert error.hint is not None


def test_a_plain_pickle_under_the_name_of_a_safetensors(path: Path) -> None:
    path.write_bytes(pickle.dumps({"a": [1.0, 2.0]}))
    assert refusal(path).kind == "pickled_model"


def test_a_header_whose_length_looks_like_a_pickle(path: Path) -> None:
    text = json.dumps({}).encode().ljust(0x0480)
    path.write_bytes(struct.pack("<Q", len(text)) + text)
    assert path.read_bytes()[:2] == b"\x80\x04"
    assert open_weights(path).entries == {}
