"""Masks are painted, curves and colours set, pictures brought: what fields hold is what the engine takes."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from graphengine.nodes.mask import load_mask
from PIL import Image
from playwright.sync_api import expect

from graphengine.authoring import Context
from graphengine.home import Home
from tests.web.boxes import box_of
from tests.web.editor import Editor
from tests.web.served import Served
from tests.web.test_accessibility import AXE, SERIOUS
from tests.web.waiting import until

TEMPLATES = Path(__file__).parents[2] / "workflows"
UPLOAD = re.compile(r"[0-9a-f]{64}\.png")
SIDE = 128
"""Of the example picture."""
MASK = """() => {
    const canvas = document.querySelector(".paint-stage canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return Array.from({ length: data.length / 4 }, (_, at) => data[4 * at + 3]);
}"""
"""The mask that the painter shows by itself."""


def inpainting() -> dict[str, Any]:
    """A picture, a mask for it, and what is made of both; beside it the picture as the model keeps it."""
    nodes = {
        "picture": ("load_image", {"image": "blue_square.png"}),
        "mask": ("load_mask", {}),
        "model": ("load_checkpoint", {"name": "shapes.safetensors"}),
        "words": ("encode_text", {"text_encoder": "model.text_encoder", "text": "a red star"}),
        "encode": ("vae_encode", {"vae": "model.vae", "image": "picture.image"}),
        "masked": ("set_noise_mask", {"latent": "encode.latent", "mask": "mask.mask"}),
        "sample": (
            "sample",
            {
                "model": "model.model",
                "positive": "words.conditioning",
                "negative": "words.conditioning",
                "latent": "masked.latent",
                "steps": 4,
                "guidance": 1.0,
            },
        ),
        "decode": ("vae_decode", {"vae": "model.vae", "latent": "sample.latent"}),
        "save": ("save_image", {"image": "decode.image"}),
        "decode_kept": ("vae_decode", {"vae": "model.vae", "latent": "encode.latent"}),
        "save_kept": ("save_image", {"image": "decode_kept.image"}),
    }

    def link(value: Any) -> Any:
        owner, dot, _ = str(value).partition(".")
        return {"from": value} if dot and owner in nodes else value

    return {
        "format": "graphengine/1",
        "name": "inpainting",
        "nodes": {
            name: {"type": type, "inputs": {key: link(value) for key, value in inputs.items()}}
            for name, (type, inputs) in nodes.items()
        },
        "layout": {
            name: {"x": 320 * (index % 6), "y": 480 * (index // 6)} for index, name in enumerate(nodes)
        },
    }


def single(type: str, **inputs: Any) -> dict[str, Any]:
    return {
        "format": "graphengine/1",
        "nodes": {"it": {"type": type, "inputs": inputs}},
        "layout": {"it": {"x": 0, "y": 0}},
    }


def opened(editor: Editor, document: dict[str, Any]) -> None:
    editor.drop("it.json", "application/json", json.dumps(document).encode())
    editor.cards.first.wait_for()


class Painter:
    """The painter, open, with places told in pixels of the picture."""

    def __init__(self, editor: Editor) -> None:
        self.page = editor.page
        self.canvas = editor.page.locator(".paint-stage canvas")
        self.canvas.wait_for()

    def stroke(self, *places: tuple[float, float], button: Any = "left") -> None:
        box = box_of(self.canvas)
        scale = box.width / SIDE
        for index, (x, y) in enumerate(places):
            self.page.mouse.move(box.x + x * scale, box.y + y * scale, steps=3)
            if index == 0:
                self.page.mouse.down(button=button)
        self.page.mouse.up(button=button)

    def mask(self) -> np.ndarray:
        """As it is shown, with "mask only" on."""
        return np.array(self.page.evaluate(MASK), dtype=np.uint8).reshape(SIDE, SIDE)

    def closed(self) -> None:
        self.page.locator(".painter").wait_for(state="detached")


def painter(editor: Editor, node: str = "mask", button: str = "Paint a mask…") -> Painter:
    editor.card(node).get_by_role("button", name=button).click()
    return Painter(editor)


def context(home: Home) -> Context:
    return Context(node="n", home=home, services={}, emit=lambda event: None, is_cancelled=lambda: False)


def test_a_painted_mask_is_what_the_engine_loads_and_keeps_the_rest_of_the_picture(
    editor: Editor, server: Served
) -> None:
    opened(editor, inpainting())
    painting = painter(editor)
    editor.press("v")
    painting.stroke((30, 30), (90, 30))
    before = painting.mask()
    painting.stroke((60, 90), button="left")
    painting.stroke((30, 30), button="right")
    changed = painting.mask()
    assert before[30, 60] == 255 and before[100, 60] == 0
    assert changed[90, 60] == 255 and changed[30, 30] == 0
    editor.press("Control+z", "Control+z")
    assert np.array_equal(painting.mask(), before)
    editor.press("Control+Shift+z")
    shown = painting.mask()
    editor.page.get_by_role("button", name="Use this mask").click()
    painting.closed()
    assert len(editor.document["nodes"]) == len(inpainting()["nodes"])

    name = editor.document["nodes"]["mask"]["inputs"]["mask"]
    loaded = load_mask(name, context=context(Home(server.home))).pixels[0].numpy()
    assert np.array_equal(np.round(loaded * 255).astype(np.uint8), shown)

    run = editor.run()
    pictures = {each["node"]: pixels(server, each["id"]) for each in run["artifacts"]}
    difference = np.abs(pictures["save"].astype(int) - pictures["save_kept"]).mean(-1)
    assert shown[120:].max() == 0
    assert difference[120:].mean() < 2  # far from what was painted
    assert difference[shown == 255].mean() > 10

    editor.press("Control+z")
    assert "mask" not in editor.document["nodes"]["mask"]["inputs"]


def test_an_opened_mask_goes_on_and_leaving_asks_only_if_something_is_lost(editor: Editor) -> None:
    opened(editor, inpainting())
    painting = painter(editor)
    editor.press("v")
    painting.stroke((20, 64), (110, 64))
    drawn = painting.mask()
    editor.press("Control+Enter")
    painting.closed()
    painting = painter(editor, button="Paint on…")
    assert np.array_equal(painting.mask(), drawn)
    editor.press("Escape")
    painting.closed()

    painting = painter(editor, "picture")  # the same mask, from the picture that it belongs to
    assert np.array_equal(painting.mask(), drawn)
    editor.press("i")
    assert np.array_equal(painting.mask(), 255 - drawn)
    editor.press("Escape")
    editor.page.get_by_text("What you painted isn't kept yet.").wait_for()
    editor.page.get_by_role("button", name="Go on painting").click()
    editor.press("Escape")
    editor.page.get_by_role("button", name="Leave without it").click()
    painting.closed()
    kept = editor.document["nodes"]["mask"]["inputs"]["mask"]

    painting = painter(editor, button="Paint on…")
    editor.press("Delete", "ArrowRight", "Enter", "Shift+ArrowRight", "Enter")  # by keyboard alone
    row = painting.mask()[SIDE // 2]
    assert row[SIDE // 2 :].max() == 255 and row[0] == 0
    editor.page.evaluate(AXE.read_text())
    assert editor.page.evaluate(SERIOUS) == []
    editor.press("Control+Enter")
    painting.closed()
    assert editor.document["nodes"]["mask"]["inputs"]["mask"] != kept
    assert set(editor.document["nodes"]) == set(inpainting()["nodes"])  # Delete didn't reach the page behind


def test_a_curve_of_sigmas_is_set_by_a_schedule_and_moved_by_keys_and_mouse(editor: Editor) -> None:
    opened(editor, single("type_sigmas"))
    editor.card("it").get_by_text("needs DiffusionModel").wait_for()  # from now on nothing moves
    points = editor.page.locator(".curve-point")
    expect(points).to_have_count(6)
    editor.page.get_by_label("Steps", exact=True).fill("8")
    editor.page.get_by_label("Schedule", exact=True).select_option("karras")
    expect(points).to_have_count(9)
    levels = levels_of(editor)
    assert levels[0] == 14.6 and levels[-2:] == [0.65, 0] and levels == sorted(levels, reverse=True)

    points.nth(2).focus()
    editor.press("ArrowUp", "ArrowUp")
    assert levels_of(editor)[2] > levels[2]
    editor.press("Tab")
    editor.pull(points.nth(3), 0, -40)
    moved = levels_of(editor)
    assert levels[3] < moved[3] < moved[2]
    points.nth(4).focus()
    editor.press("Delete")
    expect(points).to_have_count(8)
    for expected in (moved, None, levels):  # the removal, the drag, the keys: one step each
        editor.page.get_by_role("button", name="Undo: set levels").click()
        assert expected is None or levels_of(editor) == expected

    field = editor.input("it", "levels")
    field.fill("3 1 2")
    field.press("Enter")
    editor.page.get_by_text("2 can't follow 1").wait_for()
    assert levels_of(editor) == levels


def test_a_colour_is_typed_or_chosen(editor: Editor) -> None:
    opened(editor, single("solid_image"))
    field = editor.input("it", "colour")
    field.fill("F80")
    field.press("Enter")
    assert editor.document["nodes"]["it"]["inputs"]["colour"] == "#ff8800"
    field.fill("orange")
    field.press("Enter")
    editor.page.get_by_text("Expected a colour such as #ff8800.").wait_for()
    editor.page.get_by_label("choose colour of it").fill("#00ff00")
    assert editor.document["nodes"]["it"]["inputs"]["colour"] == "#00ff00"


def test_a_picture_is_brought_or_chosen_and_a_wrong_file_is_refused_in_words(editor: Editor) -> None:
    opened(editor, single("load_image"))
    card = editor.card("it")
    chooser = card.locator("input[type=file]")
    chooser.set_input_files({"name": "notes.txt", "mimeType": "text/plain", "buffer": b"no picture"})
    card.get_by_text("Expected a PNG, JPEG or WebP picture, got 'notes.txt', text/plain.").wait_for()
    chooser.set_input_files({"name": "broken.png", "mimeType": "image/png", "buffer": b"\x89PNG no more"})
    card.get_by_text("'broken.png' wasn't taken").wait_for()
    assert [status for status, _ in editor.refused] == [422]
    editor.refused.clear()
    buffer = io.BytesIO()
    Image.new("RGB", (16, 16), "teal").save(buffer, format="PNG")
    chooser.set_input_files({"name": "teal.png", "mimeType": "image/png", "buffer": buffer.getvalue()})
    card.locator(".picture-shown img").wait_for()
    name = editor.document["nodes"]["it"]["inputs"]["image"]
    assert name.endswith(".png")
    expect(card.locator(".problem")).to_have_count(0)

    card.get_by_role("button", name="Choose…").click()
    editor.page.get_by_role("tab", name="Examples").click()
    editor.page.get_by_role("button", name="blue_square.png").click()
    expect(editor.input("it", "image")).to_have_value("blue_square.png")
    card.get_by_role("button", name="Choose…").click()
    editor.page.locator(".picture-grid button").first.click()
    until(lambda: editor.document["nodes"]["it"]["inputs"]["image"], name)


def levels_of(editor: Editor) -> list[float]:
    levels: list[float] = editor.document["nodes"]["it"]["inputs"]["levels"]
    return levels


def pixels(server: Served, artifact: int) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(server.read(f"/api/artifacts/{artifact}/file"))))


@pytest.fixture(autouse=True)
def large(editor: Editor) -> None:
    """Room for all nodes of a workflow."""
    editor.page.set_viewport_size({"width": 1600, "height": 1000})


def test_fingers_paint_and_pinch_and_pens_press(editor: Editor) -> None:
    opened(editor, inpainting())
    painting = painter(editor)
    editor.press("v", "Delete")
    box = box_of(painting.canvas)
    middle = box.middle
    devices = editor.page.context.new_cdp_session(editor.page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [
            {"x": middle[0] + x, "y": middle[1] + y, "id": index} for index, (x, y) in enumerate(places)
        ]
        devices.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", (-40, 0))
    touch("touchMove", (60, 0))
    touch("touchEnd")
    painted = painting.mask()
    assert painted[SIDE // 2, SIDE // 2] == 255
    touch("touchStart", (-40, 80))  # it paints, until a second finger makes a pinch of it
    touch("touchStart", (-40, 80), (40, 80))
    touch("touchMove", (-80, 80), (80, 80))
    touch("touchEnd")
    assert np.array_equal(painting.mask(), painted)
    assert box_of(painting.canvas, other_than=box).width == pytest.approx(2 * box.width, rel=0.02)

    editor.press("0", "Delete")
    for row, force in ((-120, 0.2), (120, 1.0)):
        pen = {"pointerType": "pen", "button": "left", "x": middle[0], "y": middle[1] + row, "force": force}
        for kind in ("mousePressed", "mouseReleased"):
            devices.send("Input.dispatchMouseEvent", {**pen, "type": kind, "clickCount": 1})
    light, hard = (half.astype(int).sum() for half in np.split(painting.mask(), 2))
    assert 0 < 4 * light < hard


def test_a_mask_that_cant_be_kept_stays_to_be_kept_later(editor: Editor) -> None:
    editor.template("inpaint")
    painting = painter(editor, button="Paint on…")
    editor.press("v")
    assert np.array_equal(painting.mask(), np.asarray(Image.open(TEMPLATES / "blue_square_mask.png")))
    editor.press("a")
    editor.page.route("**/api/uploads?*", lambda route: route.abort())
    editor.press("Control+Enter")
    editor.page.get_by_text("The mask isn't kept yet; what you painted is still here.").wait_for()
    assert painting.mask().min() == 255
    editor.page.unroute("**/api/uploads?*")
    editor.press("Control+Enter")
    painting.closed()
    assert UPLOAD.fullmatch(editor.document["nodes"]["mask"]["inputs"]["mask"])
    editor.complaints.clear()
