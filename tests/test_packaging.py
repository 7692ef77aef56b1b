"""The package as installed: what is in it, and what importing it costs."""

import subprocess
import sys
from importlib.metadata import entry_points, metadata, version
from pathlib import Path
from typing import Annotated, get_origin

import pytest

import graphengine

ROOT = Path(__file__).parents[1]


def fresh(code: str) -> str:
    """The output of a new interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout


def test_metadata_agrees_with_the_package() -> None:
    assert version("graphengine") == graphengine.__version__
    assert metadata("graphengine")["License-Expression"] == "Apache-2.0"
    assert "Apache License" in (ROOT / "LICENSE").read_text()


def test_builtin_nodes_come_through_the_plugin_door() -> None:
    [entry] = [entry for entry in entry_points(group="graphengine.plugins") if entry.name == "builtin"]
    assert entry.value == "graphengine.nodes"


def test_nodes_and_workflows_are_installed_inside_the_package() -> None:
    printed = fresh("import graphengine.nodes, graphengine.workflows; print(graphengine.nodes.__name__)")
    assert printed.strip() == "graphengine.nodes"


def test_every_public_name_is_there() -> None:
    assert set(graphengine._HOMES) <= set(dir(graphengine))
    for name in graphengine._HOMES:
        value = getattr(graphengine, name)
        assert get_origin(value) is Annotated or value.__name__ == name


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        graphengine.nonsense  # noqa: B018


HEAVY = {
    "torch",
    "transformers",
    "numpy",
    "safetensors",
    "graphengine.diffusion",
    "graphengine.memory.residency",
}


@pytest.mark.parametrize(
    "imported",
    [
        "graphengine",
        "graphengine.graph",
        "graphengine.execution",
        "graphengine.runtime",
        "graphengine.cli.main",
        "graphengine.provenance",
    ],
)
def test_importing_it_imports_nothing_heavy(imported: str) -> None:
    code = f"import sys, {imported}; print(sorted({HEAVY} & set(sys.modules)))"
    assert fresh(code).strip() == "[]"
