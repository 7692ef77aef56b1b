"""Plugins that are put in their folder, changed, or wrong while people work."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.web.editor import Editor
from tests.web.served import served

LATE = """
from graphengine.authoring import node

@node(category="late", output=True)
def latecomer(text: str = "") -> None:
    "One that came late."
"""
WAITING = {
    "format": "graphengine/1",
    "name": "waits",
    "nodes": {"it": {"type": "latecomer", "inputs": {"text": "as it was"}}},
}


def look(editor: Editor) -> None:
    editor.press("Control+k")
    editor.choose("Look for new plugins")


def test_a_new_plugin_is_there_in_all_windows_and_nothing_that_is_open_is_lost(
    browser: Browser, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    with served(home) as server:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        mine, theirs = Editor.open(context, server), Editor.open(context, server)
        for editor in (mine, theirs):
            editor.drop("waits.json", "application/json", json.dumps(WAITING).encode())
            editor.card("it").wait_for()
            expect(editor.input("it", "text")).to_have_count(0)
        before = mine.document
        look(mine)
        mine.page.get_by_text("No plugin is new, changed or gone.").wait_for()

        (home / "plugins").mkdir(exist_ok=True)
        (home / "plugins" / "late.py").write_text(LATE)
        (home / "plugins" / "slip.py").write_text("def slip(:\n")
        look(mine)
        mine.page.locator(".notice", has_text="New: late, slip.").wait_for()
        wrong = mine.page.locator(".notice.bad")
        expect(wrong).to_contain_text("plugin 'slip': SyntaxError")
        for editor in (mine, theirs):
            expect(editor.input("it", "text")).to_have_value("as it was")
            expect(editor.page.get_by_text("Expected a known node type")).to_have_count(0)
        assert mine.document == before

        mine.set("it", "text", "edited")
        (home / "plugins" / "slip.py").unlink()
        (home / "plugins" / "late.py").write_text(
            LATE.replace('text: str = ""', 'text: str = "", more: int = 3')
        )
        wrong.get_by_role("button", name="Look again").click()
        mine.page.locator(".notice", has_text="Changed: late.").wait_for()
        expect(mine.page.locator(".notice", has_text="Gone: slip.")).to_be_visible()
        for editor in (mine, theirs):
            editor.input("it", "more").wait_for()
        expect(mine.input("it", "text")).to_have_value("edited")
        mine.press("Control+z")
        expect(mine.input("it", "text")).to_have_value("as it was")
        assert mine.run()["state"] == "succeeded"
        assert mine.complaints == theirs.complaints == []
        context.close()
