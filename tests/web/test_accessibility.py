"""axe-core finds nothing serious on any view, in dark and in light."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.web.editor import Editor
from tests.web.served import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = """async () => {
    const ending = ({ effect }) => effect.getComputedTiming().endTime < Infinity;
    const shown = document.getAnimations().filter(ending).map(({ finished }) => finished);
    await Promise.allSettled(shown); // colours on their way aren't those meant
    return (await axe.run()).violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))]);
}"""


DIALOGS = {
    "palette": "Tab",
    "files": "Control+o",
    "save": "Control+s",
    "shortcuts": "?",
    "commands": "Control+k",
    "find": "Control+f",
}
"""By its name, what opens it."""


@pytest.mark.parametrize("scheme", ("dark", "light"))
def test_axe_finds_nothing_serious(editor: Editor, scheme: str) -> None:
    editor.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    editor.page.evaluate(AXE.read_text())
    editor.template("text_to_image")
    editor.input("sample", "steps").wait_for()
    found = {"main view": editor.page.evaluate(SERIOUS)}
    for view, keys in DIALOGS.items():
        editor.press(keys)
        editor.page.locator("dialog").wait_for()
        found[view] = editor.page.evaluate(SERIOUS)
        editor.press("Escape")
        editor.page.locator("dialog").wait_for(state="detached")
    for view in ("Queue", "Problems"):
        editor.page.get_by_role("tab", name=view).click()
        found[view] = editor.page.evaluate(SERIOUS)
    editor.page.get_by_role("button", name="More", exact=True).click()
    editor.page.get_by_role("menu").wait_for()
    found["menu"] = editor.page.evaluate(SERIOUS)
    editor.press("Escape")
    editor.page.get_by_role("button", name="Form").click()
    found["form"] = editor.page.evaluate(SERIOUS)
    assert {view: violations for view, violations in found.items() if violations} == {}


@pytest.mark.parametrize("scheme", ("dark", "light"))
def test_axe_finds_nothing_serious_at_the_first_start(browser: Browser, server: Served, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    editor = Editor(context.new_page(), server)
    editor.visit()
    editor.page.locator(".start img").first.wait_for()
    editor.page.evaluate(AXE.read_text())
    assert editor.page.evaluate(SERIOUS) == []
    context.close()


def test_axe_finds_faults_that_are_there(editor: Editor) -> None:
    editor.page.evaluate(AXE.read_text())
    editor.page.evaluate("""() => document.querySelector(".side").insertAdjacentHTML("beforeend",
        "<button></button><img src='/icon.svg'><span class='planted'>pale</span>")""")
    editor.page.evaluate("""() => {
        const { style } = document.querySelector(".planted");
        style.color = style.backgroundColor = "rgb(120, 120, 120)";
        style.backgroundColor = "rgb(140, 140, 140)";
    }""")
    assert {fault for fault, _ in editor.page.evaluate(SERIOUS)} == {
        "button-name",
        "image-alt",
        "color-contrast",
    }


def test_what_becomes_of_a_run_is_spoken_and_nothing_beside_it(editor: Editor) -> None:
    editor.template("text_to_image")
    spoken = editor.page.locator(".status").get_by_role("status")
    expect(spoken).to_have_text(["ready to run", ""])
    editor.set("sample", "steps", "1")
    editor.run()
    expect(spoken).to_have_text(["ready to run", "done"])
    editor.set("positive", "text", "a (red circle")
    expect(spoken).to_have_text(["1 problem", "done"])


def test_focus_goes_back_to_where_it_was_when_a_dialog_is_closed(editor: Editor) -> None:
    button = editor.page.get_by_role("button", name="Open", exact=True)
    button.focus()
    editor.press("Enter")
    editor.page.locator("dialog").wait_for()
    expect(button).not_to_be_focused()
    editor.press("Escape")
    editor.page.locator("dialog").wait_for(state="detached")
    expect(button).to_be_focused()


@pytest.mark.parametrize("scheme", ("dark", "light"))
def test_axe_finds_nothing_serious_in_a_subgraph(editor: Editor, scheme: str) -> None:
    editor.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    editor.page.evaluate(AXE.read_text())
    editor.template("picture_per_line")
    editor.card("pictures").get_by_role("button", name="Enter the subgraph draw").click()
    editor.card("io/inputs").wait_for()
    found = {"inside": editor.page.evaluate(SERIOUS)}
    editor.card("io/inputs").get_by_role("button", name="seed int").click()
    editor.page.locator("dialog").wait_for()
    found["port"] = editor.page.evaluate(SERIOUS)
    assert {view: violations for view, violations in found.items() if violations} == {}


@pytest.mark.parametrize("scheme", ("dark", "light"))
def test_axe_finds_nothing_serious_around_pictures(editor: Editor, scheme: str) -> None:
    page = editor.page
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.evaluate(AXE.read_text())
    editor.template("text_to_image")
    for steps in ("1", "2"):
        editor.set("sample", "steps", steps)
        editor.run()
    found = {}
    page.locator(".memory").click()
    page.get_by_text("shapes.safetensors, model").wait_for()
    found["memory"] = page.evaluate(SERIOUS)
    editor.press("Escape")

    page.locator(".gallery button").nth(1).wait_for()
    page.locator(".gallery button").first.click()
    viewer = page.locator(".viewer")
    viewer.get_by_text("a red circle").first.wait_for()
    found["viewer"] = page.evaluate(SERIOUS)
    viewer.get_by_role("button", name="Compare with another").click()
    found["choosing"] = page.evaluate(SERIOUS)
    viewer.locator(".viewer-strip button:not([aria-current])").first.click()
    viewer.get_by_role("slider").wait_for()
    found["compared"] = page.evaluate(SERIOUS)
    editor.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    assert {view: violations for view, violations in found.items() if violations} == {}


@pytest.mark.parametrize("scheme", ("dark", "light"))
def test_axe_finds_nothing_serious_around_what_is_saved(editor: Editor, server: Served, scheme: str) -> None:
    page = editor.page
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.evaluate(AXE.read_text())
    name = f"seen {scheme}"
    editor.template("text_to_image")
    editor.save_as(name)
    editor.set("sample", "steps", "3")
    editor.press("Control+s")
    page.get_by_text(f"Saved '{name}', version 2").wait_for()
    dialog = page.locator("dialog")
    found = {}
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Versions").click()
    dialog.get_by_role("option").nth(1).click()
    dialog.locator(".differences").wait_for()
    found["versions"] = page.evaluate(SERIOUS)
    editor.press("Escape")
    dialog.wait_for(state="detached")

    page.get_by_role("button", name="New workflow").click()
    editor.template("text_to_image")
    editor.press("Control+s")
    dialog.get_by_label("Name").fill(name)
    editor.press("Enter")
    dialog.locator(".differences").wait_for()
    found["conflict"] = page.evaluate(SERIOUS)
    editor.press("Escape")
    dialog.wait_for(state="detached")
    editor.refused.clear()

    page.goto(f"{server.url}/app/seen%20{scheme}")
    page.locator(".form-row").first.wait_for()
    page.evaluate(AXE.read_text())
    found["app"] = page.evaluate(SERIOUS)
    assert {view: violations for view, violations in found.items() if violations} == {}


@pytest.mark.parametrize("scheme", ("dark", "light"))
def test_axe_finds_nothing_serious_in_the_painter(editor: Editor, scheme: str) -> None:
    editor.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    editor.page.evaluate(AXE.read_text())
    editor.template("inpaint")
    editor.card("mask").get_by_role("button", name="Paint on…").click()
    editor.page.locator(".paint-stage canvas").wait_for()
    found = {"painter": editor.page.evaluate(SERIOUS)}
    editor.press("i", "Escape")
    editor.page.get_by_text("What you painted isn't kept yet.").wait_for()
    found["question"] = editor.page.evaluate(SERIOUS)
    editor.page.get_by_role("button", name="Leave without it").click()
    assert {view: violations for view, violations in found.items() if violations} == {}
