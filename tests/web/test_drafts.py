"""What is open is kept in the browser: per window, through reloads, crashes and closed tabs."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.web.editor import SELECTED, Editor
from tests.web.served import Served
from tests.web.waiting import until

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
LEAVE = """async ([name, days]) => {
    const open = indexedDB.open("graphengine");
    await new Promise((resolve) => (open.onsuccess = resolve));
    const nodes = { a: { type: "sample", inputs: {} } };
    const text = JSON.stringify({ format: "graphengine/1", name, nodes });
    const drafts = open.result.transaction("drafts", "readwrite").objectStore("drafts");
    const at = Date.now() - days * 24 * 3600 * 1000;
    drafts.put({ at, active: "a", tabs: ["a"] }, `window/${name}`);
    drafts.put({ id: "a", text, savedAs: null, changed: true }, `tab/${name}/a`);
    await new Promise((resolve) => (drafts.transaction.oncomplete = resolve));
    open.result.close();
}"""
"""What a window of that name would have left so many days ago."""
LEFT = """async (name) => {
    const open = indexedDB.open("graphengine");
    await new Promise((resolve) => (open.onsuccess = resolve));
    const keys = open.result.transaction("drafts").objectStore("drafts").getAllKeys();
    await new Promise((resolve) => (keys.onsuccess = resolve));
    open.result.close();
    return keys.result.filter((key) => key.includes(`/${name}`)).length;
}"""
"""How many records there are of a window."""
OPEN = "async (windows) => (await navigator.locks.query()).held.length === windows"
"""Whether the browser has noticed that only so many windows are still open."""


def set_steps(editor: Editor, value: int) -> None:
    editor.set(*STEPS, str(value))
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
    beside = context.new_page()
    beside.goto(f"{server.url}/icon.svg")
    beside.wait_for_function(OPEN, arg=0)
    again = Editor.open(context, server)  # the last one that wrote comes back by itself
    again.card("sample").wait_for()
    assert steps(again) == 5
    context.close()
    assert again.complaints == []


def test_a_closed_tab_comes_back_with_its_steps_of_undo(editor: Editor) -> None:
    editor.template("text_to_image")
    editor.set(*STEPS, "7")
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


def test_what_was_left_more_than_thirty_days_ago_is_tidied_away(editor: Editor) -> None:
    editor.template("text_to_image")
    set_steps(editor, 6)
    for days, name in ((31, "long ago"), (29, "of late")):
        editor.page.evaluate(LEAVE, [name, days])
    editor.page.reload()
    editor.card("sample").wait_for()
    until(lambda: [name for name in ("long ago", "of late") if editor.page.evaluate(LEFT, name)], ["of late"])
    assert editor.page.evaluate(LEFT, "long ago") == 0 and editor.page.evaluate(LEFT, "of late") == 2
    assert steps(editor) == 6
    editor.press("Control+o")
    expect(editor.page.locator("dialog .leftovers li")).to_have_count(1)
    expect(editor.page.locator("dialog .leftovers li")).to_contain_text("of late")


def test_a_command_is_found_by_another_word_and_may_leave_one_writing(editor: Editor) -> None:
    editor.template("text_to_image")
    editor.press("Control+k")
    chosen = editor.page.locator(SELECTED)
    editor.page.get_by_label("Search commands").last.fill("export")
    expect(chosen).to_have_text("Download JSON")
    editor.page.get_by_label("Search commands").last.fill("templates")
    expect(chosen).to_contain_text("Show templates on an empty canvas")
    editor.page.get_by_label("Search commands").last.fill("title workflow")
    expect(chosen).to_have_text("Rename the workflow…")
    editor.press("Enter")
    expect(editor.page.get_by_label("New name of text to image")).to_be_focused()
    editor.page.keyboard.type("mine")
    editor.press("Enter")
    expect(editor.page.locator(".tab .name")).to_contain_text("mine")


def test_what_a_closed_window_left_is_offered_once(browser: Browser, server: Served) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    open_all_along = Editor.open(context, server)
    left = Editor.open(context, server)
    left.template("regions")
    left.press("Control+a", "Delete", "Control+z")
    left.page.wait_for_function(WRITTEN.replace('"steps":${steps}', "regions"), arg=0)
    left.page.close()
    open_all_along.page.wait_for_function(OPEN, arg=1)
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
