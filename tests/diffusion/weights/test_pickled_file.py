import os
import pickle
from pathlib import Path

import pytest
import torch

from graphengine.diffusion.weights.read import open_weights
from graphengine.errors import ModelFileError

TENSORS = {"a": torch.arange(12.0).reshape(3, 4), "b": torch.ones(5, dtype=torch.float16)}


@pytest.mark.parametrize("wrapped", [True, False])
@pytest.mark.parametrize("zipped", [True, False])
def test_tensors_of_a_checkpoint(tmp_path: Path, wrapped: bool, zipped: bool) -> None:
    path = tmp_path / "m.ckpt"
    content = {"state_dict": TENSORS, "global_step": 7} if wrapped else TENSORS
    torch.save(content, path, _use_new_zipfile_serialization=zipped)
    file = open_weights(path)
    assert {name: entry.shape for name, entry in file.entries.items()} == {"a": (3, 4), "b": (5,)}
    assert dict(file.tensors(["b"]))["b"].equal(TENSORS["b"])


class Payload:
    """Would make a file when it is unpickled."""

    def __init__(self, made: Path) -> None:
        self.made = made

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.made),)


@pytest.mark.parametrize("zipped", [True, False])
def test_code_in_a_checkpoint_never_runs(tmp_path: Path, zipped: bool) -> None:
    path, made = tmp_path / "m.ckpt", tmp_path / "made"
    torch.save({"a": Payload(made)}, path, _use_new_zipfile_serialization=zipped)
    with pytest.raises(ModelFileError, match="could run code") as caught:
        open_weights(path)
    assert caught.value.kind == "pickled_model"
    assert not made.exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"not a pickle at all", b"\x80\x02"])
def test_a_damaged_checkpoint_is_one_clear_message(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "m.pt"
    path.write_bytes(content)
    with pytest.raises(ModelFileError) as caught:
        open_weights(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_truncated_checkpoint(tmp_path: Path) -> None:
    path = tmp_path / "m.ckpt"
    torch.save(TENSORS, path)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(ModelFileError) as caught:
        open_weights(path)
    assert caught.value.kind == "damaged_model"


def test_a_pickle_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "m.ckpt"
    path.write_bytes(pickle.dumps([1, 2, 3], protocol=2))
    with pytest.raises(ModelFileError):
        open_weights(path)
