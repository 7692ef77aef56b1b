import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import graphengine as package
from graphengine.home import Home

Call = Callable[..., Any]


def test_version(graphengine: Call) -> None:
    assert graphengine("--version").out.strip() == package.__version__


def test_without_a_command_there_is_help(graphengine: Call) -> None:
    done = graphengine()
    assert "validate" in done.out + done.err
    assert graphengine("--help").code == 0


def test_an_unknown_command_is_wrong_usage(graphengine: Call) -> None:
    done = graphengine("rin")
    assert done.code == 2
    assert "rin" in done.err


def test_validate_tells_of_every_problem(graphengine: Call, flow: Path, document: dict[str, Any]) -> None:
    assert graphengine("validate", flow).out.endswith("flow.json: 2 nodes, no problems\n")
    assert graphengine("validate", flow, "--json").events == [{"valid": True, "problems": []}]
    document["nodes"]["mix"]["inputs"]["red"] = 999
    document["nodes"]["paint"]["type"] = "pain"
    flow.write_text(json.dumps(document))
    done = graphengine("validate", flow)
    assert (done.code, done.out) == (2, "")
    assert "did you mean 'paint'?" in done.err
    assert "expected an integer <= 255, got 999" in done.err
    [line] = graphengine("validate", flow, "--json").events
    assert line["valid"] is False
    assert {problem["node"] for problem in line["problems"]} == {"mix", "paint"}
    assert line["problems"][0].keys() == {"kind", "message", "node", "input", "expected", "got", "hint"}


def test_validate_asks_the_nodes_themselves_where_wished(graphengine: Call, flow: Path) -> None:
    node = {"type": "calculate", "inputs": {"expression": "1 +"}}
    flow.write_text(json.dumps({"format": "graphengine/1", "nodes": {"sum": node}}))
    assert graphengine("validate", flow).code == 0
    done = graphengine("validate", flow, "--thorough")
    assert done.code == 2
    assert "node 'sum' (calculate), input 'expression': expected arithmetic" in done.err


def test_nodes_are_listed_by_category(graphengine: Call, flow: Path) -> None:
    done = graphengine("nodes", "--category", "paint")
    assert done.out.splitlines()[:3] == [
        "paint",
        "  paint(paint: Paint, seed: int = 0, steps: int = 1, fail: str = '', fancy: bool = False)",
        "      Paint noise.",
    ]
    assert "paint/mix" in done.out
    [line] = graphengine("nodes", "--json", "--category", "paint/mix").events
    assert [node["type"] for node in line["nodes"]] == ["mix"]
    assert line["problems"] == []
    missing = graphengine("nodes", "--category", "point")
    assert missing.code == 2
    assert "did you mean 'paint'?" in missing.err


def test_a_plugin_that_fails_is_named_and_the_rest_is_there(
    graphengine: Call, flow: Path, home: Home
) -> None:
    (home.plugins / "broken.py").write_text("import nowhere_to_be_found")
    done = graphengine("nodes")
    assert done.code == 0
    assert "mix(" in done.out
    assert "broken" in done.err
    assert "nowhere_to_be_found" in done.err


def test_the_schema_fits_the_workflows_that_are_shipped(graphengine: Call) -> None:
    schema = json.loads(graphengine("schema").out)
    for path in (Path(__file__).parents[2] / "workflows").glob("*.json"):
        jsonschema.validate(json.loads(path.read_text()), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"format": "graphengine/1", "nodes": {"a": {}}}, schema)


def test_models_are_listed_with_the_hash_once_known(graphengine: Call, home: Home) -> None:
    home.models.mkdir(parents=True)
    (home.models / "mine.safetensors").write_bytes(b"x" * 1500)
    done = graphengine("models")
    [line] = [line for line in done.out.splitlines() if line.startswith("mine.safetensors")]
    assert line.split()[1:5] == ["checkpoints", "1.5", "kB", "-"]
    [found] = graphengine("models", "--json").events
    [mine] = [model for model in found["models"] if model["name"] == "mine.safetensors"]
    assert mine == {
        "name": "mine.safetensors",
        "kind": "checkpoints",
        "size": 1500,
        "sha256": None,
        "preview": False,
        "side": None,
        "path": str(home.models / "mine.safetensors"),
    }


FAST = """
import sys
from graphengine.cli.main import call
code = call({arguments!r})
print(code, sorted({{'torch', 'transformers', 'numpy'}} & set(sys.modules)), file=sys.stderr)
"""


NO_FILES = '{"format": "graphengine/1", "nodes": {"empty": {"type": "empty_latent"}}}'


@pytest.mark.parametrize(
    "arguments",
    [["nodes"], ["validate", "text_to_image"], ["models"], ["schema"], ["explain", NO_FILES]],
    ids=lambda arguments: str(arguments[0]),
)
def test_looking_does_not_import_torch_once_the_catalogue_is_there(
    graphengine: Call, arguments: list[str]
) -> None:
    graphengine("nodes")
    code = FAST.format(arguments=arguments)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stderr.splitlines()[-1].endswith(" []")


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT")
def test_an_interrupt_stops_between_steps(graphengine: Call, flow: Path, tmp_path: Path) -> None:
    graphengine("nodes")  # leaves a catalogue, so that the process need not import torch
    slow = flow.read_text().replace('"seed": 5', '"seed": 5, "steps": 1000000000')
    flow.write_text(slow)
    command = [
        sys.executable,
        "-m",
        "graphengine",
        "run",
        str(flow),
        "--json",
        "--output",
        str(tmp_path / "out"),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if json.loads(line)["event"] == "progress":
                break
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=60)
    last = json.loads(rest.splitlines()[-1])
    assert (process.returncode, last["event"], last["state"], last["error"]) == (
        130,
        "finished",
        "cancelled",
        None,
    )
    assert errors == ""
    assert list((tmp_path / "out").iterdir()) == []


def test_a_reader_that_goes_away_is_no_traceback(graphengine: Call, flow: Path) -> None:
    graphengine("nodes")
    command = f"'{sys.executable}' -m graphengine nodes --json | true"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
