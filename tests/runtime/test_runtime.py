import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import graphengine
from graphengine.authoring import Context, Seed, node
from graphengine.authoring.catalogue import Catalogue
from graphengine.errors import Cancelled, GraphEngineError, InvalidWorkflow, NodeFailed
from graphengine.events import Event
from graphengine.execution import CancelToken
from graphengine.graph import load
from graphengine.home import Home
from graphengine.memory.residency import Residency
from graphengine.provenance import read_provenance
from graphengine.runtime import Runtime

MIXED: list[int] = []


@node(category="test")
def mix(red: int = 1) -> int:
    """Mix."""
    MIXED.append(red)
    return red


@node(category="test", output=True)
def paint(red: int, seed: Seed = 0, fail: bool = False, *, context: Context) -> None:
    """Paint."""
    context.check_cancelled()
    if fail:
        raise RuntimeError("no paint")
    context.output(np.full((2, 3, 3), red, dtype=np.uint8), seed=seed)


DOCUMENT: dict[str, Any] = {
    "format": "graphengine/1",
    "parameters": {"red": "mix.red", "seed": "paint.seed"},
    "nodes": {
        "mix": {"type": "mix"},
        "paint": {"type": "paint", "inputs": {"red": {"from": "mix.result"}}},
    },
}


@pytest.fixture
def runtime(home: Home) -> Runtime:
    """A runtime that knows two nodes."""
    MIXED.clear()
    catalogue = Catalogue.of(mix, paint)
    output = next(schema for schema in catalogue if schema.type == "mix").outputs[0].name
    DOCUMENT["nodes"]["paint"]["inputs"]["red"] = {"from": f"mix.{output}"}
    return Runtime(home, catalogue=catalogue)


def test_pictures_stay_in_memory_and_nothing_is_written(runtime: Runtime, home: Home) -> None:
    result = runtime.run(DOCUMENT, {"red": 40})
    [image] = result.images
    assert image.size == (3, 2)
    assert image.getpixel((0, 0)) == (40, 40, 40)
    assert result.artifacts[0].path is None
    assert (result.executed, result.cached) == (2, 0)
    assert not home.root.exists()


def test_what_was_made_is_not_made_again(runtime: Runtime) -> None:
    runtime.run(DOCUMENT, {"red": 3})
    again = runtime.run(DOCUMENT, {"red": 3, "seed": 9})
    assert (again.executed, again.cached) == (1, 1)
    assert MIXED == [3]


def test_a_picture_made_in_memory_is_saved_when_asked_for(runtime: Runtime, tmp_path: Path) -> None:
    runtime.run(DOCUMENT)
    for folder in ("one", "two"):
        [artifact] = runtime.run(DOCUMENT, output=tmp_path / folder).artifacts
        assert artifact.path == tmp_path / folder / "picture-0001-seed0.png"
        assert read_provenance(artifact.path).document["nodes"].keys() == {"mix", "paint"}
    assert MIXED == [1]


def test_the_same_run_into_the_same_folder_saves_nothing_twice(runtime: Runtime, tmp_path: Path) -> None:
    first = runtime.run(DOCUMENT, output=tmp_path / "out")
    again = runtime.run(DOCUMENT, output=tmp_path / "out")
    assert again.artifacts[0].path == first.artifacts[0].path
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_settings_reach_any_input_and_errors_are_raised(runtime: Runtime) -> None:
    with pytest.raises(NodeFailed, match="no paint"):
        runtime.run(DOCUMENT, settings={"paint.fail": True})
    with pytest.raises(InvalidWorkflow, match="expected an integer"):
        runtime.run(DOCUMENT, {"red": "lots"})
    with pytest.raises(InvalidWorkflow, match="green"):
        runtime.run(DOCUMENT, {"green": 3})


def test_a_cancelled_run_raises(runtime: Runtime) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        runtime.run(DOCUMENT, cancel=token)


def test_a_folder_that_cannot_be_written_is_found_before_anything_runs(
    runtime: Runtime, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    events: list[Event] = []
    with pytest.raises(GraphEngineError, match="cannot save into"):
        runtime.run(DOCUMENT, output=tmp_path / "file", listener=events.append)
    assert events == []


@pytest.mark.parametrize("form", ["mapping", "text", "document", "path", "string path", "saved name"])
def test_a_workflow_may_be_given_in_many_forms(
    runtime: Runtime, home: Home, tmp_path: Path, form: str
) -> None:
    text = json.dumps(DOCUMENT)
    path = tmp_path / "mine.json"
    path.write_text(text)
    home.workflows.mkdir(parents=True)
    (home.workflows / "saved.json").write_text(text)
    source: Any = {
        "mapping": DOCUMENT,
        "text": text,
        "document": load(text),
        "path": path,
        "string path": str(path),
        "saved name": "saved",
    }[form]
    assert len(runtime.run(source).images) == 1


def test_a_file_name_names_pictures_where_the_workflow_has_none(runtime: Runtime, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(DOCUMENT))
    first = runtime.run(path, output=tmp_path / "out").artifacts[0].path
    assert first is not None
    assert first.name == "mine-0001-seed0.png"
    again = runtime.run(first, output=tmp_path / "again").artifacts[0].path
    assert again is not None
    assert again.name == "mine-0001-seed0.png"


def test_two_runtimes_share_nothing(runtime: Runtime, tmp_path: Path) -> None:
    other = Runtime(tmp_path / "other", catalogue=Catalogue.of(mix, paint))
    runtime.run(DOCUMENT)
    assert other.run(DOCUMENT).executed == 2


def test_the_embedded_model_answers_to_one_call(home: Home) -> None:
    first = graphengine.run("text_to_image", prompt="a red circle", seed=7, steps=2)
    again = graphengine.run("text_to_image", prompt="a red circle", seed=7, steps=2)
    assert [image.size for image in first.images] == [(128, 128)]
    assert first.images[0].tobytes() == again.images[0].tobytes()
    assert not home.output.exists()


def test_a_closed_runtime_holds_no_weights(home: Home) -> None:
    with Runtime(home) as runtime:
        runtime.run("text_to_image", {"steps": 1})
        residency = runtime._services[Residency]
        assert residency.resident > 0
        parts = {each["title"] for each in runtime.weights()["loaded"]}
        model = {f"shapes.safetensors, {part}" for part in ("model", "text encoder", "VAE")}
        assert parts == {*model, "shapes_decoder.safetensors, tiny decoder"}
    assert residency.resident == 0
