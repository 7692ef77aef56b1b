"""A home folder with a plugin that needs no model, and a way to call the command in this process."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from graphengine.cli.main import call
from graphengine.home import Home

PLUGIN = '''
"""Nodes for tests."""

from typing import Annotated, NamedTuple

import numpy as np

from graphengine.authoring import Context, Field, Seed, node


class Paint:
    """A colour."""


@node(category="paint/mix")
def mix(red: Annotated[int, Field(ge=0, le=255, description="How red.")] = 10) -> Paint:
    """Mix a colour."""
    return red


@node(category="paint", output=True)
def paint(
    paint: Paint, seed: Seed = 0, steps: int = 1, fail: str = "", fancy: bool = False, *, context: Context
) -> None:
    """Paint noise.

    seed: of the noise.
    """
    for _ in context.steps(range(steps), steps):
        context.preview(np.zeros((1, 1, 3), dtype=np.uint8))
    if fail:
        raise RuntimeError(fail)
    noise = np.random.default_rng(seed).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    noise[0, 0] = paint
    context.output(noise, seed=seed)
'''
DOCUMENT: dict[str, Any] = {
    "format": "graphengine/1",
    "name": "paint it",
    "parameters": {"red": "mix.red", "seed": "paint.seed", "fail": "paint.fail", "line_steps": "paint.steps"},
    "nodes": {
        "mix": {"type": "mix", "inputs": {"red": 20}},
        "paint": {"type": "paint", "inputs": {"paint": {"from": "mix.paint"}, "seed": 5}},
    },
}


@dataclass
class Called:
    """What came of a call."""

    code: int
    out: str
    err: str

    @property
    def events(self) -> list[dict[str, Any]]:
        """The lines of `--json`."""
        return [json.loads(line) for line in self.out.splitlines()]


Call = Callable[..., Called]


@pytest.fixture
def document() -> dict[str, Any]:
    """A document to break."""
    copy: dict[str, Any] = json.loads(json.dumps(DOCUMENT))
    return copy


@pytest.fixture
def flow(tmp_path: Path, home: Home) -> Path:
    """A workflow that works, in a home folder with its plugin."""
    home.plugins.mkdir(parents=True)
    (home.plugins / "painter.py").write_text(PLUGIN)
    path = tmp_path / "flow.json"
    path.write_text(json.dumps(DOCUMENT))
    return path


@pytest.fixture
def graphengine(capfd: pytest.CaptureFixture[str], home: Home) -> Call:
    """Call the command with these arguments."""

    def run(*arguments: object) -> Called:
        capfd.readouterr()
        code = call([str(argument) for argument in arguments])
        captured = capfd.readouterr()
        return Called(code, captured.out, captured.err)

    return run
