"""The fields of inputs, as people use them."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import expect

from tests.web.boxes import box_of
from tests.web.editor import SELECTED, Editor
from tests.web.served import Served
from tests.web.waiting import until

WORKFLOWS = Path(__file__).parents[2] / "workflows"


def text(editor: Editor) -> str:
    found: str = editor.document["nodes"]["positive"]["inputs"]["text"]
    return found


def test_a_prompt_is_weighed_counted_undone_and_told_what_is_wrong(editor: Editor) -> None:
    editor.template("text_to_image")
    card = editor.card("positive")
    field = editor.input("positive", "text")
    before = text(editor)
    field.fill("a red circle BREAK a cat")
    card.get_by_text("5 of 150 tokens, in 2 chunks").wait_for()
    field.evaluate("field => field.setSelectionRange(2, 12)")
    editor.press("Control+ArrowUp", "Control+ArrowUp")
    assert text(editor) == "a (red circle:1.1) BREAK a cat"
    until(lambda: card.locator(".prompt-colours").inner_text().strip(), text(editor))
    card.locator(".prompt-colours .stronger", has_text="red circle").wait_for()
    editor.press("Control+z")
    assert text(editor) == "a red circle BREAK a cat"
    editor.press("Control+z")
    assert text(editor) == before
    editor.press("Control+z")  # not what was done before, elsewhere
    assert text(editor) == before
    editor.press("Control+Shift+z")
    assert text(editor) == "a red circle BREAK a cat"
    expect(field).to_have_value(text(editor))
    editor.press("Control+End")
    editor.page.keyboard.type(" (and")
    card.get_by_text("Expected ')' somewhere after this '('.").wait_for()
    expect(field).to_have_attribute("aria-invalid", "true")
    before = box_of(field)
    editor.page.keyboard.type(" more words" * 12)
    assert box_of(field, other_than=before).height > 1.5 * before.height


def test_a_model_that_is_missing_is_told_and_replaced(editor: Editor, server: Served) -> None:
    document = json.loads((WORKFLOWS / "text_to_image.json").read_text())
    document["nodes"]["checkpoint"]["inputs"]["name"] = "shape_v2.ckpt"
    editor.drop("other.json", "application/json", json.dumps(document).encode())
    editor.page.get_by_text("This workflow names a file that isn't here").wait_for()
    missing = editor.page.get_by_role("region", name="Missing files")
    missing.get_by_text("'shape_v2.ckpt' isn't there.").wait_for()
    missing.get_by_text(f"Or put checkpoint files into {server.home / 'models'}.").wait_for()

    def name() -> str:
        found: str = editor.document["nodes"]["checkpoint"]["inputs"]["name"]
        return found

    missing.get_by_role("button", name="Take shapes.safetensors").click()
    missing.wait_for(state="detached")
    assert name() == "shapes.safetensors"
    editor.page.locator("body").click(position={"x": 700, "y": 90})
    editor.press("Control+z")
    assert name() == "shape_v2.ckpt"
    (server.home / "models").mkdir(exist_ok=True)
    (server.home / "models" / "shape_v2.ckpt").touch()
    editor.card("checkpoint").get_by_role("combobox").press("Enter")
    editor.page.get_by_role("button", name="Look again").last.click()
    missing.wait_for(state="detached")
    editor.page.locator("[cmdk-input]").fill("shapes")
    editor.page.locator(SELECTED, has_text="shapes").wait_for()
    editor.press("Enter")
    expect(editor.page.get_by_role("combobox", name="name of checkpoint")).to_be_focused()
    assert name() == "shapes.safetensors"
    (server.home / "models" / "shape_v2.ckpt").unlink()


def test_numbers_are_reckoned_dragged_and_kept_within_their_limits(editor: Editor) -> None:
    editor.template("text_to_image")

    def inputs(node: str) -> dict[str, object]:
        found: dict[str, object] = editor.document["nodes"][node]["inputs"]
        return found

    width = editor.input("empty", "width")
    width.fill("512*1.5")
    width.press("Enter")
    assert inputs("empty")["width"] == 768
    width.fill("100")
    width.press("Enter")
    editor.card("empty").get_by_text("Expected a multiple of 8, got 100.").wait_for()
    expect(width).to_have_value("100")
    assert inputs("empty")["width"] == 768
    width.press("Escape")
    expect(width).to_have_value("768")
    editor.page.get_by_role("button", name="Set width back to 512").click()
    expect(width).to_have_value("512")
    assert "width" not in inputs("empty")
    editor.pull(editor.input("sample", "guidance"), 24, 0)
    assert inputs("sample")["guidance"] == 6
    editor.press("Control+z")
    assert inputs("sample")["guidance"] == 4


def test_sizes_and_lists_are_changed_in_steps_of_their_own(editor: Editor, tmp_path: Path) -> None:
    editor.template("text_to_image")
    page = editor.page
    ratio = page.get_by_role("combobox", name="Ratio of empty")
    ratio.select_option("160x104")

    def size() -> tuple[object, object]:
        inputs = editor.document["nodes"]["empty"]["inputs"]
        return inputs["width"], inputs["height"]

    assert size() == (160, 104)  # of 128 x 128, in eights
    page.get_by_role("button", name="Swap width and height of empty").click()
    assert size() == (104, 160)
    page.locator("body").click(position={"x": 700, "y": 90})
    editor.press("Control+z")
    assert size() == (160, 104)
    editor.press("Control+z")
    assert size() == (128, 128)
    own = editor.card("empty").get_by_text("The model's own: 128")
    expect(own).to_have_count(0)
    editor.set("empty", "width", "512")
    expect(own).to_be_visible()
    ratio.select_option("128x128")
    assert size() == (128, 128)
    expect(own).to_have_count(0)

    seeds = {"type": "noise_from_seeds", "inputs": {"seeds": [1, 2, 2**64 - 1]}}
    document = {"format": "graphengine/1", "name": "s", "parameters": {}, "nodes": {"n": seeds}, "layout": {}}
    editor.drop("s.json", "application/json", json.dumps(document).encode())
    row = page.get_by_role("textbox", name="2 in seeds of n")
    row.focus()
    row.evaluate(
        """field => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", "7, 8");
            const options = { clipboardData, bubbles: true, cancelable: true };
            field.dispatchEvent(new ClipboardEvent("paste", options));
        }"""
    )
    page.get_by_role("textbox", name="3 in seeds of n").press("Alt+ArrowUp")
    page.get_by_role("button", name="Remove 1 from seeds of n").click()
    page.get_by_role("button", name="Add a row to seeds of n").click()
    last = page.get_by_role("textbox", name="4 in seeds of n")
    last.fill("5*2")
    last.press("Shift+Enter")  # takes what is typed, too, and what is typed next belongs to the new row
    editor.press("Control+a", "2", "0", "Alt+ArrowUp")
    expect(last).to_be_focused()
    assert json.loads(editor.export(tmp_path).read_text())["nodes"]["n"]["inputs"]["seeds"] == [
        8,
        7,
        2**64 - 1,
        20,
        10,
    ]
