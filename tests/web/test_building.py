"""From an empty canvas to a picture: by mouse alone, and by keyboard alone."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.web.boxes import box_of
from tests.web.editor import SELECTED, Editor

PLACES = {
    "load_checkpoint": (40, 100),
    "encode_text": (360, 100),
    "encode_text_2": (360, 420),
    "empty_latent": (360, 700),
    "sample": (680, 100),
    "vae_decode": (1000, 100),
    "save_image": (1320, 100),
}
"""Where on a large screen each node goes."""
LINKS = (
    ("load_checkpoint", "text_encoder", "encode_text", "text_encoder"),
    ("load_checkpoint", "text_encoder", "encode_text_2", "text_encoder"),
    ("load_checkpoint", "model", "sample", "model"),
    ("load_checkpoint", "vae", "vae_decode", "vae"),
    ("encode_text", "conditioning", "sample", "positive"),
    ("encode_text_2", "conditioning", "sample", "negative"),
    ("empty_latent", "latent", "sample", "latent"),
    ("sample", "latent", "vae_decode", "latent"),
    ("vae_decode", "image", "save_image", "image"),
)


PIXELS_PER_STEP = 6


def words(name: str) -> str:
    return name.replace("_", " ")


def type_of(name: str) -> str:
    return name.removesuffix("_2")


def linked(editor: Editor) -> set[tuple[str, ...]]:
    return {
        (*value["from"].split("."), node, name)
        for node, content in editor.document["nodes"].items()
        for name, value in content["inputs"].items()
        if isinstance(value, dict)
    }


def felt(editor: Editor, *kinds: str) -> list[str]:
    """Counts what the page feels of these kinds of events from now on; call again to read."""
    found: list[str] = editor.page.evaluate(
        """(kinds) => {
            if (window.felt === undefined) {
                window.felt = [];
                for (const kind of kinds) addEventListener(kind, () => window.felt.push(kind), true);
            }
            return window.felt;
        }""",
        list(kinds),
    )
    return found


KEYS = ("keydown", "keyup", "keypress", "beforeinput", "compositionstart", "paste")
POINTERS = (
    "pointerdown",
    "pointermove",
    "mousedown",
    "mousemove",
    "mouseup",
    "touchstart",
    "wheel",
    "dragstart",
)


def pull(editor: Editor, node: str, name: str, steps: int) -> None:
    """Drag a number sideways by so many of its steps, as far as the window is wide each time."""
    field = editor.input(words(node), name).last  # a slider may stand before it
    while steps != 0:
        part = max(-60, min(60, steps))
        editor.pull(field, PIXELS_PER_STEP * part, 0)
        steps -= part


def test_an_empty_canvas_says_how_to_begin_and_that_there_is_nothing_to_run(editor: Editor) -> None:
    hint = editor.page.locator(".start-hint")
    hint.wait_for()
    asked: list[str] = []
    editor.page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    editor.press("Control+Enter")
    editor.page.get_by_text("There is nothing to run yet").wait_for()
    assert not any(ask.startswith("POST") and ask.endswith("/api/runs") for ask in asked)
    editor.page.mouse.dblclick(*box_of(hint).middle)
    editor.choose("empty latent")
    editor.card("empty_latent").wait_for()
    hint.wait_for(state="detached")
    editor.press("Control+z")
    hint.wait_for()


def test_from_nothing_to_a_picture_by_mouse(editor: Editor) -> None:
    """Words need a keyboard: the prompts stay empty. All else is pointed at, dragged or chosen."""
    mouse = editor.page.mouse
    box = box_of(editor.page.locator(".react-flow__pane"))
    felt(editor, *KEYS)
    editor.page.set_viewport_size({"width": 1920, "height": 1080})
    box_of(editor.page.locator(".react-flow__pane"), other_than=box)
    for name, (x, y) in PLACES.items():
        mouse.dblclick(x, y)
        found = editor.page.locator(".palette-name", has_text=words(type_of(name)))
        found.get_by_text(words(type_of(name)), exact=True).click()
        editor.card(name).wait_for()
    for source, output, target, name in LINKS:
        editor.drag(editor.port(source, output, "source"), editor.port(target, name, "target"))
    assert linked(editor) == set(LINKS)
    editor.input("load checkpoint", "name").click()
    editor.page.get_by_role("option", name="shapes.safetensors").click()
    more = editor.card("sample").locator(".more")
    if more.count() > 0:
        more.click()
    pull(editor, "empty_latent", "width", (64 - 512) // 8)
    pull(editor, "empty_latent", "height", (64 - 512) // 8)
    pull(editor, "sample", "steps", 3 - 20)
    values = editor.document["nodes"]
    assert values["empty_latent"]["inputs"]["width"] == values["empty_latent"]["inputs"]["height"] == 64
    assert values["sample"]["inputs"]["steps"] == 3
    run = editor.run(lambda: editor.page.get_by_role("button", name="Run", exact=True).click())
    assert run["state"] == "succeeded" and run["artifacts"][0]["width"] == 64
    editor.card("save_image").get_by_role("img").first.wait_for()
    assert felt(editor) == []


def test_from_nothing_to_a_picture_by_keyboard(editor: Editor) -> None:
    felt(editor, *POINTERS)
    fields = {
        "load_checkpoint": (("name", ("ArrowDown",)),),
        "encode_text": (("text", tuple("red")),),
        "empty_latent": tuple((side, ("Control+a", "6", "4", "Enter")) for side in ("width", "height")),
        "sample": (("steps", ("Control+a", "3", "Enter")),),
    }
    for column, name in enumerate(PLACES):
        editor.press("Tab")
        editor.choose(words(type_of(name)))
        editor.card(name).wait_for()
        editor.press(*["Shift+ArrowRight"] * column)
        editor.press("ArrowUp")
        for field, keys in fields.get(name, ()):
            editor.press("Enter")
            editor.card(name).locator(":focus").wait_for()
            if editor.page.locator(".more:focus").count() > 0:
                editor.press("Enter", "Escape", "Control+f")
                editor.choose(name)
                editor.press("Enter")
            editor.tab_to(f"{field} of {words(name)}")
            editor.press(*keys)
            if field == "name":
                editor.choose("shapes.safetensors")
            editor.press("Escape")
    places = [editor.document["layout"][name] for name in PLACES]
    assert len({place["x"] for place in places}) == len(PLACES)
    for source, output, target, name in LINKS:
        editor.press("Control+f")
        editor.choose(source)
        editor.press("l")
        editor.choose(f"{words(output)} to {target}, {words(name)}")
    assert linked(editor) == set(LINKS)
    run = editor.run()
    assert run["state"] == "succeeded" and run["artifacts"][0]["width"] == 64
    editor.card("save_image").get_by_role("img").first.wait_for()
    assert felt(editor) == []


def test_a_link_of_the_wrong_type_is_refused_with_the_reason_and_one_drawn_off_is_taken_away(
    editor: Editor,
) -> None:
    editor.template("text_to_image")
    before = editor.document
    reason = "Expected Conditioning, got VAE."
    editor.point_at(editor.port("checkpoint", "vae", "source"))
    editor.page.mouse.down()
    editor.point_at(editor.port("sample", "positive", "target"))
    expect(editor.page.locator(".link-refusal")).to_have_text(reason)
    pale = editor.card("decode").locator(".row[data-pale]")
    expect(pale).to_have_count(1)
    expect(pale).to_contain_text("latent")
    editor.page.mouse.up()
    editor.page.locator(".notice").get_by_text(reason).wait_for()
    expect(pale).to_have_count(0)
    assert editor.document == before
    editor.point_at(editor.port("decode", "vae", "target"))
    editor.page.mouse.down()
    below = box_of(editor.card("decode"))
    editor.page.mouse.move(below.x + 20, below.y + below.height + 60, steps=4)
    editor.page.mouse.up()
    editor.page.locator(SELECTED, has_text="Take the link away").wait_for()
    editor.press("Enter")
    expect(editor.card("decode").locator(".problem")).to_have_text("needs VAE")
    assert list(editor.document["nodes"]["decode"]["inputs"]) == ["latent"]


def test_the_best_of_what_is_found_is_seen_whatever_was_before_it(editor: Editor) -> None:
    editor.template("text_to_image")
    editor.press("Tab")
    editor.page.locator("[cmdk-input]:focus").wait_for()
    expect(editor.page.locator("[cmdk-item]", has_text="vae decode")).to_be_attached()
    editor.page.keyboard.type("noise")
    best = editor.page.locator('[cmdk-item][aria-selected="true"]')
    expect(best).to_contain_text("noise from latent")
    expect(best).to_be_in_viewport()
