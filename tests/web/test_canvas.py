"""What lies on the canvas: groups, notes, way points; menus, colours; dropped pictures; trackpad, touch."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.web.boxes import box_of
from tests.web.editor import Editor
from tests.web.served import Served
from tests.web.test_accessibility import AXE, SERIOUS
from tests.web.waiting import until

MENU = '[role="menu"]'
BEHIND_CARDS = """() => {
    const cards = [...document.querySelectorAll(".react-flow__node-card")]
        .map((card) => [card.dataset.id, card.getBoundingClientRect()]);
    const found = new Set();
    for (const edge of document.querySelectorAll(".react-flow__edge")) {
        const ends = edge.dataset.id.split(">").map((end) => end.split(".")[0]);
        const path = edge.querySelector(".react-flow__edge-path");
        for (let at = 0; at < path.getTotalLength(); at += 6) {
            const { x, y } = path.getPointAtLength(at).matrixTransform(path.getScreenCTM());
            for (const [name, { left, right, top, bottom }] of cards) {
                const within = x > left && x < right && y > top && y < bottom;
                if (within && !ends.includes(name)) found.add(`${edge.dataset.id} behind ${name}`);
            }
        }
    }
    return [...found];
}"""
"""The links that run behind cards that they don't belong to."""


def place(editor: Editor, key: str) -> tuple[float, float]:
    layout = editor.document["layout"][key]
    return layout["x"], layout["y"]


def moved(before: tuple[float, float], after: tuple[float, float]) -> tuple[float, float]:
    return after[0] - before[0], after[1] - before[1]


def find(editor: Editor, name: str) -> None:
    editor.press("Escape", "Control+f")
    editor.choose(name)


def opened(editor: Editor, name: str = "text_to_image") -> None:
    editor.template(name)
    editor.input("sample", "steps").wait_for()


def noted(editor: Editor, note: str) -> None:
    """Make a note."""
    editor.press("n")
    editor.page.locator(".note textarea:focus").wait_for()
    editor.page.keyboard.type(note)


def picture(colour: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (32, 24), colour).save(buffer, "PNG")
    return buffer.getvalue()


def copied(editor: Editor) -> str:
    """What the page puts into the clipboard when it is asked to copy."""
    text: str = editor.page.evaluate("""() => {
        const clipboardData = new DataTransfer();
        document.body.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true }));
        return clipboardData.getData("text/plain");
    }""")
    return text


def test_a_group_takes_what_lies_in_it_along_in_one_step(editor: Editor) -> None:
    opened(editor)
    editor.press("Control+a", "Control+g")
    editor.page.locator(".frame-title input:focus").wait_for()
    editor.page.keyboard.type("whole")
    editor.press("Enter")
    frame = editor.card("group/1")
    expect(frame.locator(".frame-title")).to_have_text("whole")
    editor.press("Escape")
    before = editor.document
    editor.pull(frame.locator(".frame-title"), 80, 40)
    keys = (*before["nodes"], "group/1")
    places = {key: (before["layout"][key]["x"], before["layout"][key]["y"]) for key in keys}
    moves = {moved(places[key], place(editor, key)) for key in keys}
    assert len(moves) == 1 and moves != {(0, 0)}
    points = [key for key in before["layout"] if key.startswith("route/")]
    assert points
    for key in points:
        old, new = before["layout"][key]["points"], editor.document["layout"][key]["points"]
        assert {moved((a["x"], a["y"]), (b["x"], b["y"])) for a, b in zip(old, new, strict=True)} == moves
    editor.press("Control+z")
    assert editor.document == before
    frame.locator(".frame-title").click()
    editor.press("m")
    assert {node.get("mode") for node in editor.document["nodes"].values()} == {"mute"}


def test_copies_of_groups_and_notes_go_into_another_tab(editor: Editor) -> None:
    opened(editor)
    editor.page.mouse.move(500, 740)
    editor.press("Escape")
    noted(editor, "seen\nby all")
    editor.press("Escape")
    expect(editor.card("note/1")).to_have_text("seen\nby all")
    find(editor, "decode")
    editor.press("Control+g")
    editor.page.locator(".frame-title input:focus").wait_for()
    editor.press("Enter", "Control+a", "Control+c")
    made = editor.document
    assert "graphengine/clip" in copied(editor)
    editor.page.evaluate("getSelection().selectAllChildren(document.querySelector('.status'))")
    assert copied(editor) == ""  # the browser copies the text
    editor.card("sample").locator(".card-header").click()
    assert "graphengine/clip" in copied(editor)
    editor.page.get_by_role("button", name="New workflow").click()
    editor.page.mouse.move(400, 400)
    editor.press("Control+v")
    editor.card("group/1").wait_for()
    pasted = editor.document
    assert pasted["nodes"] == made["nodes"]
    assert set(pasted["layout"]) == set(made["layout"])
    assert pasted["layout"]["note/1"]["text"] == "seen\nby all"
    editor.press("Delete")
    assert editor.document["nodes"] == {} and editor.document["layout"] == {}
    editor.press("Control+z")
    assert editor.document == pasted


def test_way_points_are_added_dragged_and_removed(editor: Editor) -> None:
    opened(editor)
    find(editor, "save")
    editor.press("f")
    before = editor.document
    path = editor.page.locator(
        '.react-flow__edge[data-id="decode.image>save.image"] .react-flow__edge-interaction'
    )
    editor.page.mouse.dblclick(*box_of(path).middle)
    way_point = editor.page.get_by_label("Way point 1 of the link from decode to save")
    way_point.wait_for()
    (added,) = editor.document["layout"]["route/save.image"]["points"]
    assert added["x"] % 8 == 0 and added["y"] % 8 == 0
    editor.pull(way_point, 40, 60)
    (dragged,) = editor.document["layout"]["route/save.image"]["points"]
    assert dragged["x"] > added["x"] and dragged["y"] > added["y"]
    assert place(editor, "save") == (before["layout"]["save"]["x"], before["layout"]["save"]["y"])
    way_point.focus()
    editor.press("ArrowRight", "Delete")
    assert "route/save.image" not in editor.document["layout"]
    editor.press(*["Control+z"] * 4)
    assert editor.document == before
    editor.press("Escape", "Control+f")
    editor.choose("save")
    editor.press("Shift+l", "p", "p")
    assert len(editor.document["layout"]["route/save.image"]["points"]) == 2
    editor.press("Delete")
    assert editor.document["nodes"]["save"]["inputs"] == {}
    assert "route/save.image" not in editor.document["layout"]


def test_the_menu_of_a_node_colours_and_renames_it(editor: Editor) -> None:
    opened(editor)
    editor.card("decode").locator(".card-header").click(button="right")
    editor.page.get_by_role("menuitem", name="Colour").press("ArrowRight")
    editor.page.get_by_role("menuitemcheckbox", name="green").press("Enter")
    until(lambda: editor.document["layout"]["decode"].get("colour"), "green")
    editor.page.locator(MENU).first.wait_for(state="detached")
    editor.press("Shift+F10")
    editor.page.get_by_role("menuitem", name="Rename").press("Enter")
    dialog = editor.page.locator("dialog")
    name = dialog.get_by_label("Name", exact=True)
    for refused in ("sample", "a.b", ""):
        name.fill(refused)
        expect(dialog.get_by_role("alert")).to_contain_text("Expected")
        expect(dialog.get_by_role("button", name="OK")).to_be_disabled()
    name.fill("develop")
    editor.press("Enter")
    dialog.wait_for(state="detached")
    document = editor.document
    assert document["nodes"]["save"]["inputs"]["image"] == {"from": "develop.image"}
    assert document["layout"]["develop"]["colour"] == "green" and "decode" not in document["layout"]


def test_what_is_chosen_is_aligned_and_spread(editor: Editor) -> None:
    opened(editor)
    for name in ("empty", "negative", "positive"):
        editor.card(name).locator(".card-header").click(modifiers=["Control"])
        editor.press("Shift+ArrowRight")
    for command in ("Align left", "Distribute vertically"):
        editor.press("Control+k")
        editor.choose(command)

    def unevenness() -> tuple[bool, bool]:
        first, second, third = (box_of(editor.card(name)) for name in ("empty", "negative", "positive"))
        gaps = [below.y - above.y - above.height for above, below in ((first, second), (second, third))]
        return max(abs(first.x - second.x), abs(first.x - third.x)) >= 1, abs(gaps[0] - gaps[1]) >= 2

    until(unevenness, (False, False))


@pytest.mark.parametrize("template", ("text_to_image", "two_stage", "upscale_chain"))
def test_links_run_beside_cards_as_stored_and_after_tidying_up(editor: Editor, template: str) -> None:
    editor.template(template)
    links = [value for node in editor.document["nodes"].values() for value in node["inputs"].values()]
    drawn = sum(isinstance(value, dict) and "from" in value for value in links)
    expect(editor.page.locator(".react-flow__edge-path")).to_have_count(drawn)
    box_of(editor.cards.first)
    assert editor.page.evaluate(BEHIND_CARDS) == []
    editor.press("Control+a", "Control+k")
    editor.choose("Align left")
    editor.page.wait_for_function(f"() => ({BEHIND_CARDS})().length > 0")
    editor.press("Control+k")
    editor.choose("Tidy up")
    editor.page.get_by_role("button", name="Undo: tidy up").wait_for()
    editor.page.wait_for_function(f"() => ({BEHIND_CARDS})().length === 0")


def test_pictures_dropped_on_the_canvas_are_loaded_by_nodes(editor: Editor, server: Served) -> None:
    opened(editor)
    transfer = editor.page.evaluate_handle(
        """(files) => {
            const transfer = new DataTransfer();
            for (const bytes of files) {
                transfer.items.add(new File([new Uint8Array(bytes)], "a.png", { type: "image/png" }));
            }
            return transfer;
        }""",
        [list(picture(colour)) for colour in ("red", "blue")],
    )
    at = {"clientX": 300, "clientY": 700}
    editor.page.locator(".react-flow__pane").dispatch_event("drop", {"dataTransfer": transfer, **at})
    editor.card("load_image_2").wait_for()
    document = editor.document
    names = [document["nodes"][name]["inputs"]["image"] for name in ("load_image", "load_image_2")]
    assert len(set(names)) == 2
    for name in names:
        assert server.read(f"/api/uploads/{name}/thumbnail")
    first, second = (box_of(editor.card(name)) for name in ("load_image", "load_image_2"))
    apart = first.x + first.width <= second.x or first.y + first.height <= second.y
    assert apart and abs(first.x - 300) < 40, (first, second)
    editor.press("Control+z")
    assert set(editor.document["nodes"]) == set(document["nodes"]) - {"load_image", "load_image_2"}


def test_a_trackpad_pans_and_a_wheel_zooms(editor: Editor) -> None:
    opened(editor)
    sample = editor.card("sample")

    def turned(wheel: float | None = None, **turn: Any) -> tuple[float, float, float]:
        before = box_of(sample)
        if wheel is None:
            editor.page.locator(".react-flow__pane").dispatch_event(
                "wheel", {"clientX": 300, "clientY": 700, **turn}
            )
        else:
            editor.page.mouse.move(300, 740)
            editor.page.mouse.wheel(0, wheel)
        after = box_of(sample, other_than=before)
        return after.x - before.x, after.y - before.y, after.width / before.width

    assert turned(deltaX=10, deltaY=-30) == pytest.approx((-10, 30, 1), abs=0.01)
    assert turned(120)[2] < 0.95
    assert turned(deltaY=-10, ctrlKey=True)[2] > 1.005
    editor.press("Control+k")
    editor.choose("Scrolling pans")
    assert turned(120) == pytest.approx((0, -120, 1), abs=0.01)


def test_touch_links_by_two_taps_and_opens_the_menu_by_a_long_press(browser: Browser, server: Served) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    editor = Editor.open(context, server)
    editor.template("text_to_image")
    page = editor.page
    editor.port("sample", "latent", "target").wait_for()
    touch = context.new_cdp_session(page)

    def finger(kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    before = box_of(editor.card("sample"))
    finger("touchStart", 200, 700)
    for step in range(1, 6):
        finger("touchMove", 200 - step * 10, 700 - step * 20)
    finger("touchEnd")
    after = box_of(editor.card("sample"), other_than=before)
    assert moved((before.x, before.y), (after.x, after.y)) == pytest.approx((-50, -100), abs=12)

    editor.press("f")  # a narrow screen shows the middle at first
    box_of(editor.card("sample"), other_than=after)
    header = box_of(editor.card("save").locator(".card-header"))
    finger("touchStart", header.middle[0], header.y + 4)
    page.locator(MENU).wait_for()
    finger("touchEnd")
    page.get_by_role("menuitem", name="Remove", exact=True).tap()
    editor.card("save").wait_for(state="detached")

    editor.press("f")
    editor.port("empty", "latent", "source").tap()
    expect(editor.page.locator(".react-flow__handle.clickconnecting")).to_have_count(1)
    editor.port("decode", "latent", "target").tap()
    expect(editor.page.locator(".react-flow__handle.clickconnecting")).to_have_count(0)
    assert editor.document["nodes"]["decode"]["inputs"]["latent"] == {"from": "empty.latent"}

    around = [box_of(editor.card(name)) for name in ("empty", "positive")]
    finger("touchStart", 200, 300)
    page.locator(MENU).wait_for()
    finger("touchEnd")
    page.get_by_role("menuitemcheckbox", name="Select by drawing a box").tap()
    page.locator(MENU).wait_for(state="detached")
    left, top = around[0].x - 4, around[0].y - 60
    right, bottom = around[1].x + around[1].width + 4, around[1].y + around[1].height + 4
    finger("touchStart", left, top)
    for part in (0.3, 0.6, 1):
        finger("touchMove", left + part * (right - left), top + part * (bottom - top))
    finger("touchEnd")
    expect(page.locator(".status")).to_contain_text("3 selected")
    context.close()
    assert editor.complaints == [] and editor.refused == []


@pytest.mark.parametrize("scheme", ("dark", "light"))
def test_colours_groups_notes_and_menus_are_accessible(editor: Editor, scheme: str) -> None:
    editor.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    editor.page.evaluate(AXE.read_text())
    opened(editor)
    colours = ("red", "amber", "green", "teal", "blue", "violet", "pink")
    for name, colour in zip(editor.document["nodes"], colours, strict=True):
        find(editor, name)
        editor.press("Control+k")
        editor.choose(f"Colour: {colour}")
    editor.press("Control+g")
    editor.page.locator(".frame-title input:focus").wait_for()
    editor.press("Enter", "Control+k")
    editor.choose("Colour: teal")
    noted(editor, "a note")
    editor.press("Escape", "Control+k")
    editor.choose("Colour: amber")
    assert editor.page.evaluate(SERIOUS) == []
    editor.press("Shift+F10")
    editor.page.locator(MENU).wait_for()
    assert editor.page.evaluate(SERIOUS) == []
