import hashlib
from pathlib import Path
from typing import Any

import numpy as np

from graphengine.home import Home
from graphengine.provenance import ModelUsed, OutputFolder, PictureSaver, read_provenance

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
