"""The cases by which the editor's reading of prompts is tried are what the engine says."""

import json
from pathlib import Path

import pytest

from graphengine.diffusion.prompts.error import PromptError
from graphengine.diffusion.prompts.parse import parse

FILE = Path(__file__).parents[3] / "web" / "tests" / "core" / "prompts" / "cases.json"
CASES = [(each["prompt"], each["fault"]) for each in json.loads(FILE.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(("prompt", "fault"), CASES, ids=range(len(CASES)))
def test_the_engine_says_the_same(prompt: str, fault: int | None) -> None:
    if fault is None:
        assert parse(prompt)
        return
    with pytest.raises(PromptError) as raised:
        parse(prompt)
    assert raised.value.column == fault + 1
