"""Embeddings in the layouts that the community's files have."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor

from graphengine.diffusion.weights.embedding import read_embedding
from graphengine.errors import ModelFileError

VECTORS = torch.arange(16.0).reshape(2, 8)
TEXTUAL_INVERSION = {"string_to_token": {"*": 265}, "name": "night", "step": 500, "sd_checkpoint_name": None}


@pytest.mark.parametrize(
    "tensors",
    [
        {"emb_params": VECTORS},
        {"emb_params": VECTORS.half()},
        {"<night>": VECTORS},
        {"clip_l": VECTORS},
    ],
)
def test_safetensors(tmp_path: Path, tensors: Mapping[str, Tensor]) -> None:
    path = tmp_path / "night.safetensors"
    save_file(dict(tensors), path)
    vectors = read_embedding(path)
    assert vectors.equal(VECTORS) and vectors.dtype == torch.float32


@pytest.mark.parametrize("ending", ["pt", "bin"])
@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize(
    "content",
    [
        {"string_to_param": {"*": VECTORS}, **TEXTUAL_INVERSION},
        {"string_to_param": {"<night>": torch.nn.Parameter(VECTORS)}, **TEXTUAL_INVERSION},
        {"<night>": VECTORS},
        {"emb_params": VECTORS},
    ],
)
def test_pickles(tmp_path: Path, content: Mapping[str, Any], zipped: bool, ending: str) -> None:
    path = tmp_path / f"night.{ending}"
    torch.save(content, path, _use_new_zipfile_serialization=zipped)
    vectors = read_embedding(path)
    assert vectors.equal(VECTORS) and not vectors.requires_grad


def test_a_row_is_one_vector(tmp_path: Path) -> None:
    path = tmp_path / "night.bin"
    torch.save({"<night>": VECTORS[1]}, path)
    assert read_embedding(path).equal(VECTORS[1:])


def test_of_one_for_stable_diffusion_xl_the_part_that_fits_is_taken(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "night.safetensors"
    save_file({"clip_g": torch.zeros(2, 20), "clip_l": VECTORS}, path)
    with caplog.at_level(logging.WARNING):
        assert read_embedding(path).equal(VECTORS)
    assert "embedding night.safetensors: clip_g left out" in caplog.text


@pytest.mark.parametrize(
    ("tensors", "message"),
    [
        ({"clip_g": VECTORS}, "expected vectors for Stable Diffusion 1's text encoder, got only 'clip_g'"),
        (
            {"a": VECTORS, "b": VECTORS + 1},
            "expected a single tensor, or 'emb_params', got 2 tensors, such as 'a'",
        ),
        ({}, "got a file without tensors"),
        ({"a": VECTORS[None]}, r"expected vectors, \[n, width\], got 'a' of shape \[1, 2, 8\]"),
        ({"a": torch.tensor(1.0)}, r"got 'a' of shape \[\]"),
        ({"a": torch.zeros(0, 8)}, r"got 'a' of shape \[0, 8\]"),
        ({"a": torch.zeros(2, 8, dtype=torch.int64)}, r"torch.int64"),
    ],
)
def test_a_file_of_something_else(tmp_path: Path, tensors: Mapping[str, Tensor], message: str) -> None:
    path = tmp_path / "other.safetensors"
    save_file(dict(tensors), path)
    with pytest.raises(ModelFileError, match=message) as caught:
        read_embedding(path)
    assert caught.value.kind == "not_an_embedding"


def test_numbers_that_are_none_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "night.safetensors"
    save_file({"emb_params": torch.tensor([[1.0, float("nan")]])}, path)
    with pytest.raises(ModelFileError, match="infinite or no numbers"):
        read_embedding(path)


def test_a_file_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "night.safetensors"
    save_file({"emb_params": VECTORS}, path)
    path.write_bytes(path.read_bytes()[:-4])
    with pytest.raises(ModelFileError, match="it was cut short"):
        read_embedding(path)
