"""Saved by itself, versions, and two who save the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Route, expect

from tests.web.editor import Editor
from tests.web.served import Served
from tests.web.test_accessibility import AXE, SERIOUS

STEPS = "sample", "steps"
BY_ITSELF = "localStorage.setItem('graphengine.autosave', 'on')"
FULL = {"error": {"kind": "storage_full", "message": "the disk is full"}, "problems": []}


def stored(server: Served, name: str) -> tuple[int, int]:
    """The newest version of a workflow, and its steps."""
    found: dict[str, Any] = server.json(f"/api/workflows/{quote(name)}")
    return found["version"], found["document"]["nodes"]["sample"]["inputs"]["steps"]


def set_steps(editor: Editor, value: int) -> None:
    editor.set(*STEPS, str(value))


def test_it_is_saved_by_itself_and_told_if_not(browser: Browser, server: Served) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(BY_ITSELF)
    editor = Editor.open(context, server)
    status = editor.page.locator(".status")
    editor.template("text_to_image")
    expect(status).to_contain_text("kept in this browser alone")
    editor.save_as("itself")
    for version, value in ((2, 3), (3, 4)):
        with editor.page.expect_response(lambda answer: answer.request.method == "PUT"):
            set_steps(editor, value)
        expect(editor.page.locator(".tab.active .unsaved")).to_have_count(0)
        assert stored(server, "itself") == (version, value)
    versions = server.json("/api/workflows/itself/versions")["workflows"]
    assert [(each["version"], each["automatic"]) for each in versions] == [(3, True), (1, False)]

    def full(route: Route) -> None:
        route.fulfill(status=507, json=FULL) if route.request.method == "PUT" else route.continue_()

    editor.page.route("**/api/workflows/itself", full)
    set_steps(editor, 5)
    expect(status).to_contain_text("not saved: the server's disk is full")
    expect(editor.page.locator(".tab.active .unsaved")).to_have_count(1)
    editor.page.unroute("**/api/workflows/itself")
    editor.page.get_by_role("button", name="Try again").click()
    expect(editor.page.locator(".tab.active .unsaved")).to_have_count(0, timeout=30_000)
    assert stored(server, "itself") == (4, 5)
    context.close()


def test_two_who_save_the_same_see_what_differs(editor: Editor, server: Served) -> None:
    editor.template("text_to_image")
    editor.save_as("both")
    other = Editor.open(editor.page.context, server)
    other.template("both")
    for page, value in ((other, 3), (editor, 5)):
        set_steps(page, value)
    other.press("Control+s")
    other.page.get_by_text("Saved 'both', version 2").wait_for()
    editor.press("Control+s")
    dialog = editor.page.locator("dialog")
    dialog.get_by_text("'both' was saved by somebody else meanwhile.").wait_for()
    changed = dialog.locator(".differences .changed")
    expect(changed).to_have_count(1)
    expect(changed.locator("del")).to_contain_text("5")
    expect(changed.locator("ins")).to_contain_text("3")
    dialog.get_by_text("Both as JSON").click()
    expect(dialog.locator("pre del")).to_contain_text('"steps": 5')
    editor.page.evaluate(AXE.read_text())
    assert editor.page.evaluate(SERIOUS) == []
    dialog.get_by_role("button", name="Take theirs").click()
    dialog.wait_for(state="detached")
    assert editor.document["nodes"]["sample"]["inputs"]["steps"] == 3
    expect(editor.page.locator(".tab.active .unsaved")).to_have_count(0)
    editor.press("Control+z")
    assert editor.document["nodes"]["sample"]["inputs"]["steps"] == 5
    assert {status for status, _ in editor.refused} == {409}
    editor.refused.clear()


def test_saved_elsewhere_while_it_was_changed_here_both_are_kept(editor: Editor, server: Served) -> None:
    editor.template("text_to_image")
    editor.save_as("two")
    other = Editor.open(editor.page.context, server)
    other.template("two")
    set_steps(editor, 5)
    set_steps(other, 3)
    other.press("Control+s")
    editor.page.get_by_text("'two' was saved elsewhere: there is a version 2.").wait_for()
    editor.page.get_by_role("button", name="Show it").click()
    dialog = editor.page.locator("dialog")
    expect(dialog.locator(".differences .changed ins")).to_contain_text("3")
    dialog.get_by_role("button", name="Keep both").click()
    editor.page.get_by_text("Saved 'two copy', version 1").wait_for()
    dialog.wait_for(state="detached")
    assert stored(server, "two copy") == (1, 5)
    assert stored(server, "two") == (2, 3)
    expect(editor.page.locator(".tab.active .name")).to_contain_text("two copy")
    expect(editor.page.locator(".tab.active .unsaved")).to_have_count(0)
    set_steps(editor, 6)
    editor.press("Control+s")
    editor.page.get_by_text("Saved 'two copy', version 2").wait_for()
    assert stored(server, "two") == (2, 3)
    expect(other.page.get_by_text("was saved elsewhere")).to_have_count(0)


def test_an_old_version_is_looked_at_and_restored(editor: Editor, server: Served, tmp_path: Path) -> None:
    editor.template("text_to_image")
    set_steps(editor, 3)
    editor.save_as("old")
    set_steps(editor, 9)
    editor.press("Control+s")
    editor.page.get_by_text("Saved 'old', version 2").wait_for()
    editor.page.get_by_role("button", name="More", exact=True).click()
    editor.page.get_by_role("menuitem", name="Versions").click()
    dialog = editor.page.locator("dialog")
    dialog.get_by_role("option").first.focus()
    editor.press("ArrowDown")
    expect(dialog.locator(".differences ins")).to_contain_text("3")
    editor.page.evaluate(AXE.read_text())
    assert editor.page.evaluate(SERIOUS) == []
    dialog.get_by_role("button", name="Restore as a new version").click()
    editor.page.get_by_text("Saved 'old', version 3").wait_for()
    assert stored(server, "old") == (3, 3)
    assert len(server.json("/api/workflows/old/versions")["workflows"]) == 3
    editor.press("Control+z")
    assert editor.document["nodes"]["sample"]["inputs"]["steps"] == 9


def test_what_is_saved_elsewhere_is_told_and_can_be_shown(editor: Editor, server: Served) -> None:
    editor.template("text_to_image")
    editor.save_as("elsewhere")
    other = Editor.open(editor.page.context, server)
    other.template("elsewhere")
    set_steps(other, 3)
    other.press("Control+s")
    editor.page.get_by_text("'elsewhere' was saved elsewhere: there is a version 2.").wait_for()
    editor.page.get_by_role("button", name="Show it").click()
    expect(editor.input(*STEPS)).to_have_value("3")
    expect(editor.page.locator(".tab.active .unsaved")).to_have_count(0)
    expect(other.page.get_by_text("was saved elsewhere")).to_have_count(0)  # its own save isn't news
