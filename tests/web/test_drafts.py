"""What is open is kept in the browser: per window, through reloads, crashes and closed tabs."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.web.editor import Editor
from tests.web.served import Served

STEPS = "sample", "steps"
WRITTEN = """async (steps) => {
    const open = indexedDB.open("graphengine");
    await new Promise((resolve) => (open.onsuccess = resolve));
    const all = open.result.transaction("drafts").objectStore("drafts").getAll();
    await new Promise((resolve) => (all.onsuccess = resolve));
    open.result.close();
    return all.result.some(({ text }) => text?.includes(`"steps":${steps}`));
}"""
"""Whether a draft with so many steps is in the browser's database."""


def set_steps(editor: Editor, value: int) -> None:
    editor.input(*STEPS).fill(str(value))
    editor.input(*STEPS).blur()
    editor.page.wait_for_function(WRITTEN, arg=value)


def steps(editor: Editor) -> int:
    return int(editor.document["nodes"]["sample"]["inputs"]["steps"])


def test_windows_keep_their_own_and_a_crash_loses_nothing(browser: Browser, server: Served) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    one = Editor.open(context, server)
    one.template("text_to_image")
    set_steps(one, 3)
    other = Editor.open(context, server)
    other.template("text_to_image")
    set_steps(other, 5)
    set_steps(one, 4)
    for editor, value in ((one, 4), (other, 5)):
        editor.page.reload()
        editor.card("sample").wait_for()
        assert steps(editor) == value
        expect(editor.page.locator(".tab.active .unsaved")).to_have_count(1)
    one.page.goto("about:blank")  # it is left in order
    one.page.close()
    other.page.evaluate("sessionStorage.clear()")  # as if it had no time to leave anything
    other.page.close(run_before_unload=False)
    again = Editor.open(context, server)  # the last one that wrote comes back by itself
    again.card("sample").wait_for()
    assert steps(again) == 5
    context.close()
    assert again.complaints == []


def test_a_closed_tab_comes_back_with_its_steps_of_undo(editor: Editor) -> None:
    editor.template("text_to_image")
    editor.input(*STEPS).fill("7")
    editor.input(*STEPS).blur()
    editor.page.get_by_role("button", name="Close text to image").click()
    expect(editor.cards).to_have_count(0)
    editor.page.get_by_role("button", name="Open it again").click()
    editor.card("sample").wait_for()
    assert steps(editor) == 7
    editor.press("Control+z")
    assert steps(editor) != 7


def test_tabs_are_renamed_and_moved_by_keyboard(editor: Editor) -> None:
    editor.template("text_to_image")
    editor.page.get_by_role("button", name="New workflow").click()
    names = editor.page.locator(".tab .name")
    names.nth(1).press("F2")
    editor.page.get_by_label("New name of untitled").fill("mine")
    editor.press("Enter")
    expect(names.nth(1)).to_contain_text("mine")
    assert editor.document["name"] == "mine"
    names.nth(1).press("Shift+ArrowLeft")
    expect(names.nth(0)).to_contain_text("mine")
    names.nth(0).press("ArrowRight")
    expect(names.nth(1)).to_be_focused()


def test_what_a_closed_window_left_is_offered_once(browser: Browser, server: Served) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    open_all_along = Editor.open(context, server)
    left = Editor.open(context, server)
    left.template("regions")
    left.press("Control+a", "Delete", "Control+z")
    left.page.wait_for_function(WRITTEN.replace('"steps":${steps}', "regions"), arg=0)
    left.page.close()
    offer = open_all_along.page.locator("dialog .leftovers li", has_text="regions")
    open_all_along.press("Control+o")
    offer.get_by_role("button", name="Open").click()
    open_all_along.cards.first.wait_for()
    open_all_along.page.locator("dialog").wait_for(state="detached")
    open_all_along.press("Control+o")
    open_all_along.page.locator("dialog .file").first.wait_for()
    expect(offer).to_have_count(0)
    context.close()
    assert open_all_along.complaints == []
