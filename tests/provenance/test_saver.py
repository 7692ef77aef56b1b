import hashlib
from pathlib import Path
from typing import Any

import numpy as np

from graphengine.home import Home
from graphengine.provenance import (
    ContentFolder,
    ModelUsed,
    OutputFolder,
    PictureSaver,
    read_provenance,
    value_at,
)

PIXELS = np.zeros((8, 8, 3), dtype=np.uint8)
WORKFLOW: dict[str, Any] = {
    "name": "my flow",
    "parameters": {"prompt": "text.text", "seed": "sample.seed", "steps": "sample.steps"},
    "nodes": {
        "model": {"type": "load_checkpoint", "inputs": {"name": "mine.safetensors"}},
        "text": {
            "type": "encode_text",
            "inputs": {"text": "a lora.safetensors", "model": {"from": "model.model"}},
        },
        "sample": {"type": "sample", "inputs": {"seed": 11}},
    },
}


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_record_names_parameters_seed_versions_and_models(home: Home, tmp_path: Path) -> None:
    home.models.mkdir(parents=True)
    (home.models / "mine.safetensors").write_bytes(b"weights")
    (home.models / "unused.safetensors").write_bytes(b"others")
    path = PictureSaver(OutputFolder(tmp_path / "out"), home, sha256).save(PIXELS, WORKFLOW)
    assert path == tmp_path / "out" / "my_flow-0001-seed11.png"
    record = read_provenance(path)
    assert record.document == WORKFLOW
    assert record.parameters == {"prompt": "a lora.safetensors", "seed": 11}
    assert record.seed == 11
    assert record.models == (ModelUsed("mine.safetensors", hashlib.sha256(b"weights").hexdigest()),)
    assert "torch" in record.versions


def test_a_pictures_own_seed_wins(home: Home, tmp_path: Path) -> None:
    path = PictureSaver(OutputFolder(tmp_path), home, sha256, stem="batch").save(PIXELS, WORKFLOW, seed=12)
    assert path.name == "batch-0001-seed12.png"
    assert read_provenance(path).seed == 12


def test_models_in_subgraphs_are_named_too(home: Home, tmp_path: Path) -> None:
    folder = home.models / "loras"
    folder.mkdir(parents=True)
    (folder / "crayon.safetensors").write_bytes(b"1")
    inner = {"nodes": {"lora": {"type": "load_lora", "inputs": {"name": "crayon.safetensors"}}}}
    path = PictureSaver(OutputFolder(tmp_path), home, sha256).save(
        PIXELS, {"nodes": {}, "subgraphs": {"a": inner}}
    )
    assert path.name == "picture-0001.png"
    assert [model.name for model in read_provenance(path).models] == ["crayon.safetensors"]


def test_values_inside_subgraphs(home: Home, tmp_path: Path) -> None:
    (home.models / "loras").mkdir(parents=True)
    for name in ("given", "listed", "preset", "unused"):
        (home.models / "loras" / f"{name}.safetensors").write_bytes(name.encode())
    innermost = {"parameters": {"seed": "s.seed"}, "nodes": {"s": {"type": "sample", "inputs": {"seed": 4}}}}
    inner = {
        "inputs": {"name": {"type": "str", "default": "preset.safetensors"}, "text": "str"},
        "parameters": {"seed": "deep.seed"},
        "nodes": {"deep": {"type": "innermost"}},
    }
    workflow: dict[str, Any] = {
        "parameters": {"lora": "use.name", "text": "use.text", "seed": "use.seed", "none": "nowhere.at"},
        "nodes": {
            "use": {"type": "inner"},
            "all": {
                "type": "load",
                "inputs": {"names": ["listed.safetensors"], "map": {"a": "given.safetensors"}},
            },
        },
        "subgraphs": {"inner": inner, "innermost": innermost},
    }
    record = read_provenance(PictureSaver(OutputFolder(tmp_path), home, sha256).save(PIXELS, workflow))
    assert record.parameters == {"lora": "preset.safetensors", "seed": 4}
    assert record.seed == 4
    assert [model.name.partition(".")[0] for model in record.models] == ["given", "listed", "preset"]


def test_a_subgraph_that_uses_itself_is_no_endless_search() -> None:
    inner = {"parameters": {"a": "again.a"}, "nodes": {"again": {"type": "inner"}}}
    workflow = {"nodes": {"use": {"type": "inner"}}, "subgraphs": {"inner": inner}}
    assert value_at(workflow, "use.a", "nothing") == "nothing"


def test_a_sheet_carries_the_axes_and_the_models_on_them(home: Home, tmp_path: Path) -> None:
    home.models.mkdir(parents=True)
    for name in ("mine", "other"):
        (home.models / f"{name}.safetensors").write_bytes(b"weights")
    axes = [{"name": "model", "inputs": {"model.name": ["mine.safetensors", "other.safetensors"]}}]
    path = PictureSaver(OutputFolder(tmp_path), home, sha256, "n" * 100).save_sheet(PIXELS, WORKFLOW, axes)
    assert path.name == "n" * 74 + "-sheet-0001.png"
    record = read_provenance(path)
    assert list(record.sweep) == axes
    assert [model.name for model in record.models] == ["mine.safetensors", "other.safetensors"]
    assert record.seed is None


def test_a_picture_that_is_handed_out_again_carries_the_document_that_asked(
    home: Home, tmp_path: Path
) -> None:
    saver = PictureSaver(ContentFolder(tmp_path), home, sha256)
    first = saver.save(PIXELS, WORKFLOW, seed=12)
    assert saver.again(first, WORKFLOW) == first
    moved = {**WORKFLOW, "layout": {"text": {"x": 5}}}
    again = saver.again(first, moved)
    assert (read_provenance(again).document, read_provenance(again).seed) == (moved, 12)
    assert read_provenance(first).document == WORKFLOW
    assert again.stem == sha256(again)
    assert saver.again(again, WORKFLOW) == first


def test_a_file_in_a_folder_of_somebodys_own_stays_as_it_is(home: Home, tmp_path: Path) -> None:
    saver = PictureSaver(OutputFolder(tmp_path), home, sha256)
    path = saver.save(PIXELS, WORKFLOW)
    assert saver.again(path, {**WORKFLOW, "layout": {"text": {"x": 5}}}) == path
    assert read_provenance(path).document == WORKFLOW
    assert list(tmp_path.iterdir()) == [path]
