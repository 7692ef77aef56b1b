"""Embeddings in the prompts of workflows: found in the home folder, and part of keys and of records."""

from pathlib import Path
from typing import Any

import pytest
import torch
from graphengine.nodes.text import embedding_hashes
from safetensors.torch import save_file

from graphengine.authoring import Context
from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.home import Home
from graphengine.provenance import read_provenance
from graphengine.runtime import Runtime

WIDTH = 64
"""Of the text encoder of `shapes`."""


@pytest.fixture
def folder(runtime: Runtime) -> Path:
    folder = runtime.home.models / "embeddings"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def put(path: Path, seed: int, width: int = WIDTH) -> None:
    save_file(
        {"emb_params": 0.5 * torch.randn(2, width, generator=torch.Generator().manual_seed(seed))}, path
    )


def encoded(runtime: Runtime, text: str) -> Any:
    return runtime.run(
        {
            "format": "graphengine/1",
            "nodes": {
                "checkpoint": {"type": "load_checkpoint", "inputs": {"name": "shapes.safetensors"}},
                "prompt": {
                    "type": "encode_text",
                    "inputs": {"text_encoder": {"from": "checkpoint.text_encoder"}, "text": text},
                },
            },
        },
        only=["prompt"],
    )


def context_of(result: Any) -> torch.Tensor:
    (part,) = result.values["prompt"]["conditioning"]
    return part.context  # type: ignore[no-any-return]


def test_the_content_of_the_file_is_part_of_the_key(runtime: Runtime, folder: Path) -> None:
    put(folder / "mood.safetensors", 1)
    first = encoded(runtime, "a circle, embedding:mood")
    assert encoded(runtime, "a circle, embedding:mood").executed == 0
    put(folder / "mood.safetensors", 2)
    second = encoded(runtime, "a circle, embedding:mood")
    assert second.executed == 1
    assert not context_of(first).equal(context_of(second))


def test_a_file_that_no_prompt_names_changes_no_key(runtime: Runtime, folder: Path) -> None:
    encoded(runtime, "a plain circle")
    put(folder / "unnamed.safetensors", 3)
    assert encoded(runtime, "a plain circle").executed == 0


def test_where_another_node_makes_the_prompt_all_files_count(tmp_path: Path) -> None:
    home = Home(tmp_path)
    context = Context(node="a", home=home, services={}, emit=lambda event: None, is_cancelled=lambda: False)
    (home.models / "embeddings").mkdir(parents=True)
    put(home.models / "embeddings" / "mood.safetensors", 1)
    assert "mood.safetensors" in embedding_hashes(context=context)
    assert list(embedding_hashes("a circle", context=context)) == []
    assert list(embedding_hashes("(embedding:mood", context=context)) == ["mood"]
    assert list(embedding_hashes("embedding:nowhere", context=context)) == []


def test_one_that_isnt_there_is_told_before_anything_runs(runtime: Runtime, folder: Path) -> None:
    put(folder / "mood.safetensors", 1)
    with pytest.raises(InvalidWorkflow) as caught:
        runtime.check("text_to_image", {"prompt": "a circle, embedding:mod"})
    (problem,) = caught.value.problems
    assert problem.message.splitlines() == [
        "node 'positive' (encode_text), input 'text': line 1, column 11: expected the name of an embedding "
        f"that is there, got 'mod'; did you mean 'mood'? embedding files go into {folder}",
        "  a circle, embedding:mod",
        "            ^",
    ]


def test_one_for_another_model_is_told_before_it_is_sampled(runtime: Runtime, folder: Path) -> None:
    put(folder / "large.safetensors", 1, width=1024)
    with pytest.raises(GraphEngineError) as caught:
        runtime.run("text_to_image", {"prompt": "embedding:large"})
    assert caught.value.message.startswith(
        "node 'positive' (encode_text), input 'text': line 1, column 1: expected an embedding of width 64, "
        "as this text encoder has, got 'large' of width 1024: made for Stable Diffusion 2"
    )


def test_a_picture_carries_the_hashes_of_its_embeddings(
    runtime: Runtime, folder: Path, tmp_path: Path
) -> None:
    put(folder / "mood.safetensors", 1)
    result = runtime.run(
        "text_to_image", {"prompt": "a circle, (embedding:mood:0.5)", "steps": 2}, output=tmp_path
    )
    path = result.artifacts[0].path
    assert path is not None
    models = {model.name: model.sha256 for model in read_provenance(path).models}
    assert list(models) == ["embedding:mood", "shapes.safetensors"]
    hashes = {model.name: model.sha256 for model in runtime.models()}
    assert models["embedding:mood"] == hashes["mood.safetensors"]
