"""What the server brings along: opened, run, saved, exported; the command line makes the same pixels."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.web.boxes import box_of
from tests.web.command_line import CommandLine, command_line
from tests.web.editor import Editor
from tests.web.served import Served
from tests.web.waiting import until

TEMPLATES = sorted((Path(__file__).parents[2] / "workflows").glob("*.json"))
STEPS = 6
"""Fewer than the templates have: enough for every node of theirs to do its part."""
NO_TWO_OVERLAP = """() => {
    const cards = [...document.querySelectorAll(".react-flow__node")].map((card) => {
        const { left, right, top, bottom } = card.getBoundingClientRect();
        return { name: card.dataset.id, left, right, top, bottom };
    });
    const over = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    return cards.flatMap((a, i) => cards.slice(i + 1).filter((b) => over(a, b)).map((b) => [a.name, b.name]));
}"""


@pytest.fixture(scope="module")
def graphengine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    with command_line(tmp_path_factory.mktemp("line") / "home") as line:
        yield line


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.stem)
def test_a_template_runs_and_its_export_makes_the_same_pixels_on_the_command_line(
    editor: Editor, server: Served, graphengine: CommandLine, file: Path, tmp_path: Path
) -> None:
    editor.template(file.stem)
    original = file.read_text()
    document = json.loads(original)
    for name in document["nodes"]:
        editor.card(name).locator(".card-header").wait_for()
    box_of(editor.cards.last)
    expect(editor.page.locator(".card-far")).to_have_count(0)  # small as they may be, all fields are there
    assert editor.page.evaluate(NO_TWO_OVERLAP) == []
    assert editor.export(tmp_path).read_text() == original

    node, name = document["parameters"]["steps"].split(".")
    editor.page.get_by_role("button", name="Form", exact=True).click()
    editor.input(node, name).fill(str(STEPS))
    editor.input(node, name).blur()
    editor.page.get_by_role("button", name="Form", exact=True).click()
    run = editor.run()
    assert run["state"] == "succeeded", run["error"]
    shown = editor.page.locator(".react-flow__node img").first
    until(lambda: shown.evaluate("(image) => image.complete && image.naturalWidth > 0"), True)

    editor.save_as(f"a {file.stem}")
    exported = editor.export(tmp_path)
    written = exported.read_text()
    assert json.loads(written)["nodes"][node]["inputs"][name] == STEPS
    changed = [
        (was, now) for was, now in zip(original.splitlines(), written.splitlines(), strict=True) if was != now
    ]
    assert [now.strip().rstrip(",") for _, now in changed] == [f'"{name}": {STEPS}']
    assert server.read(f"/api/workflows/a%20{file.stem}/export").decode() == written

    pictures = tmp_path / "pictures"
    code, said = graphengine("run", str(exported), "--output", str(pictures))
    assert code == 0, said
    ours = [server.read(f"/api/artifacts/{each['id']}/file") for each in run["artifacts"]]
    theirs = [each.read_bytes() for each in sorted(pictures.glob("*.png"))]
    assert len(ours) == len(theirs) > 0
    for picture, other in zip(ours, theirs, strict=True):
        assert np.array_equal(_pixels(picture), _pixels(other))


def _pixels(picture: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(picture)))
