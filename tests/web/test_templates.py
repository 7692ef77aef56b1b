"""What the server brings along: opened, run, saved, exported, and run by the command line."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.web.editor import Editor, written
from tests.web.served import PATIENCE, Served

TEMPLATES = sorted((Path(__file__).parents[2] / "workflows").glob("*.json"))
NO_TWO_OVERLAP = """() => {
    const cards = [...document.querySelectorAll(".react-flow__node")].map((card) => {
        const { left, right, top, bottom } = card.getBoundingClientRect();
        return { name: card.dataset.id, left, right, top, bottom };
    });
    const over = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    return cards.flatMap((a, i) => cards.slice(i + 1).filter((b) => over(a, b)).map((b) => [a.name, b.name]));
}"""


def test_a_template_runs_and_its_export_makes_the_same_pixels_on_the_command_line(
    editor: Editor, server: Served, tmp_path: Path
) -> None:
    editor.template("text_to_image")
    run = editor.run()
    artifact = run["artifacts"][0]
    editor.card("save").get_by_role("img").wait_for()
    shown = editor.page.locator(".gallery img").first
    shown.wait_for()
    assert shown.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 0

    editor.press("Control+s")
    editor.page.locator("dialog").get_by_label("Name").fill("circle")
    editor.press("Enter")
    editor.page.get_by_text("Saved 'circle', version 1").wait_for()
    saved = server.json("/api/workflows/circle")["document"]

    exported = editor.export(tmp_path)
    assert written(exported) == saved
    pictures = tmp_path / "pictures"
    subprocess.run(
        [sys.executable, "-m", "graphengine", "run", str(exported), "--output", str(pictures)],
        env={**os.environ, "OMP_NUM_THREADS": "1", "GRAPHENGINE_HOME": str(tmp_path / "home")},
        check=True,
        timeout=PATIENCE,
        capture_output=True,
    )
    ours = server.read(f"/api/artifacts/{artifact['id']}/file")
    (theirs,) = pictures.glob("*.png")
    assert np.array_equal(_pixels(ours), _pixels(theirs.read_bytes()))


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.stem)
def test_a_template_opens_without_overlap_and_is_exported_as_it_is(
    editor: Editor, file: Path, tmp_path: Path
) -> None:
    editor.template(file.stem)
    for name in written(file)["nodes"]:
        editor.card(name).locator(".card-header").wait_for()
    assert editor.page.evaluate(NO_TWO_OVERLAP) == []
    assert written(editor.export(tmp_path)) == written(file)


def _pixels(picture: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(picture)))
