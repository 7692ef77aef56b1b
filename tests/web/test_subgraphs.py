"""Subgraphs: made of nodes, entered and changed from inside, run, copied, dissolved; undone to the letter."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, expect

from tests.web.editor import QUICK, Editor
from tests.web.served import Served

expect.set_options(timeout=QUICK)
STEPS = 3
"""With two, dpmpp_2m makes what euler makes: it has nothing to look back on."""
MOST_STEPS = 20
"""Of undo, in one test."""


def pictures(server: Served, run: dict[str, Any]) -> list[np.ndarray]:
    """The pixels that a run made."""
    assert run["state"] == "succeeded", run["error"]
    files = [server.read(f"/api/artifacts/{each['id']}/file") for each in run["artifacts"]]
    assert files
    return [np.asarray(Image.open(io.BytesIO(file))) for file in files]


def select(editor: Editor, *names: str) -> None:
    editor.press("Escape")
    for index, name in enumerate(names):
        title = editor.card(name).locator(".card-title")
        title.click(modifiers=["Control"] if index else [])


def make(editor: Editor, name: str, *nodes: str) -> None:
    """Put nodes together as a subgraph."""
    select(editor, *nodes)
    editor.press("Control+Shift+g")
    editor.page.locator("dialog input:focus").fill(name)
    editor.press("Enter")
    editor.card(name).wait_for()


def command(editor: Editor, title: str) -> None:
    """Choose a command from the palette of them."""
    editor.press("Control+k")
    editor.choose(title)


def way(editor: Editor) -> Locator:
    return editor.page.get_by_role("navigation", name="Way to this subgraph")


def test_made_changed_inside_run_and_dissolved_the_pixels_stay(
    editor: Editor, server: Served, tmp_path: Path
) -> None:
    editor.template("text_to_image")
    original = editor.document
    editor.input("sample", "steps").fill(str(STEPS))
    editor.input("sample", "steps").blur()
    before = pictures(server, editor.run())

    make(editor, "draw", "sample", "decode")
    document = editor.document
    assert document["nodes"]["draw"]["type"] == "draw" and set(document["subgraphs"]) == {"draw"}
    assert document["parameters"]["steps"] == "draw.steps"
    assert document["nodes"]["draw"]["inputs"]["steps"] == STEPS
    expect(editor.page.locator(".status").get_by_text("ready to run")).to_be_visible()
    assert np.array_equal(pictures(server, editor.run()), before)
    command_line = [sys.executable, "-m", "graphengine", "validate", str(editor.export(tmp_path))]
    validated = subprocess.run([*command_line, "--home", str(server.home)], capture_output=True, text=True)
    assert validated.returncode == 0, validated.stderr

    editor.card("draw").locator(".card-title").dblclick()
    expect(way(editor)).to_contain_text("draw")
    expect(editor.card("sample")).to_be_visible()
    expect(editor.card("draw")).to_have_count(0)
    expect(editor.card("io/inputs")).to_contain_text("positive")
    editor.input("sample", "sampler").click()
    editor.page.get_by_role("option", name="euler", exact=True).click()
    editor.press("Escape", "Escape", "Escape")
    expect(way(editor)).to_have_count(0)
    expect(editor.card("draw")).to_be_visible()
    changed = pictures(server, editor.run())
    assert not np.array_equal(changed, before)

    select(editor, "draw")
    command(editor, "Dissolve the subgraph")
    editor.card("sample").wait_for()
    document = editor.document
    assert document["subgraphs"] == {} and document["parameters"] == original["parameters"]
    assert document["nodes"]["sample"]["inputs"]["sampler"] == "euler"
    assert np.array_equal(pictures(server, editor.run()), changed)

    undo = editor.page.get_by_role("button", name="Undo: ")
    for _ in range(MOST_STEPS):
        if not undo.count():
            break
        editor.press("Control+z")
    assert editor.document == original


def test_ports_drawn_and_renamed_inside_are_followed_outside(editor: Editor) -> None:
    editor.template("text_to_image")
    make(editor, "draw", "sample", "decode")
    editor.press("e")
    inside = editor.card("io/inputs")
    inside.wait_for()
    editor.drag(editor.port("io/inputs", "+", "source"), editor.port("sample", "sampler", "target"))
    expect(inside).to_contain_text("sampler")
    inside.get_by_role("button", name="latent Latent").click()
    editor.page.get_by_label("Name", exact=True).fill("start")
    editor.press("Enter")
    expect(inside).to_contain_text("start")
    editor.drag(editor.port("sample", "denoised", "source"), editor.port("io/outputs", "+", "target"))
    expect(editor.card("io/outputs")).to_contain_text("denoised")
    way(editor).get_by_role("button").click()
    inner = editor.document["subgraphs"]["draw"]
    assert inner["inputs"]["sampler"]["default"] == "dpmpp_2m"
    assert inner["outputs"] == {"image": "decode.image", "denoised": "sample.denoised"}
    use = editor.document["nodes"]["draw"]["inputs"]
    assert use["start"] == {"from": "empty.latent"} and "latent" not in use
    editor.card("draw").locator(".more").click()
    expect(editor.input("draw", "sampler")).to_contain_text("dpmpp 2m")
    expect(editor.port("draw", "denoised", "source")).to_be_visible()
    expect(editor.page.locator(".status").get_by_text("ready to run")).to_be_visible()


def test_a_body_is_entered_and_goes_along_to_another_workflow(editor: Editor) -> None:
    editor.template("picture_per_line")
    before = editor.document
    expect(editor.input("pictures", "body")).to_have_value("draw")
    expect(editor.port("pictures", "image", "source")).to_be_visible()
    editor.card("pictures").get_by_role("button", name="Enter the subgraph draw").click()
    expect(way(editor)).to_contain_text("picture per line")
    expect(editor.card("io/outputs")).to_contain_text("image")
    editor.press("u")
    expect(way(editor)).to_have_count(0)
    assert editor.document == before
    editor.press("Control+f")
    editor.choose("decode")
    expect(editor.card("decode")).to_be_visible()
    way(editor).get_by_role("button").click()

    select(editor, "pictures")
    copied: str = editor.page.evaluate(
        """() => {
            const clipboardData = new DataTransfer();
            document.body.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true }));
            return clipboardData.getData("text/plain");
        }"""
    )
    editor.page.get_by_role("button", name="New workflow").click()
    editor.paste(copied)
    editor.card("pictures").wait_for()
    pasted = editor.document
    assert set(pasted["nodes"]) == {"pictures"}
    assert pasted["subgraphs"]["draw"]["nodes"] == before["subgraphs"]["draw"]["nodes"]
    expect(editor.port("pictures", "image", "source")).to_be_visible()


def test_a_problem_inside_is_told_outside_and_leads_to_its_node(editor: Editor) -> None:
    editor.template("text_to_image")
    make(editor, "draw", "sample", "decode")
    editor.press("e")
    editor.card("decode").locator(".card-title").click()
    editor.press("Delete")
    expect(editor.card("io/outputs")).not_to_contain_text("image")
    editor.press("u", "Control+z")
    expect(editor.card("io/outputs")).to_contain_text("image")
    editor.page.locator('.react-flow__edge[data-id="io/inputs.model>sample.model"]').dispatch_event("click")
    editor.press("Delete")
    expect(editor.card("sample").locator(".problem").first).to_contain_text("DiffusionModel")
    expect(editor.card("sample").locator(".problem")).to_have_text("needs DiffusionModel")
    editor.press("u")
    expect(editor.card("draw").locator(".problem").first).to_contain_text("draw/sample")
    editor.page.get_by_role("button", name="1 problem").click()
    editor.page.get_by_role("button", name="draw/sample").click()
    expect(way(editor)).to_contain_text("draw")
    expect(editor.card("sample")).to_be_visible()


def test_nodes_inside_show_what_became_of_them(editor: Editor) -> None:
    editor.template("picture_per_line")
    editor.input("pictures", "steps").fill("1")
    editor.input("pictures", "steps").blur()
    editor.run()
    editor.card("pictures").get_by_role("button", name="Enter the subgraph draw").click()
    expect(editor.card("decode").locator(".badge.done")).to_be_visible()
