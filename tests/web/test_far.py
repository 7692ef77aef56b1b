"""A graph seen from afar: cards without their fields, which never take a field away from who writes in it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.web.editor import Editor

FARTHER = {"clientX": 300, "clientY": 700, "deltaY": 400, "ctrlKey": True}


def test_a_field_in_use_stays_and_enter_brings_a_far_card_near(editor: Editor) -> None:
    editor.template("text_to_image")
    steps = editor.input("sample", "steps")
    steps.focus()
    for _ in range(4):
        editor.page.locator(".react-flow__pane").dispatch_event("wheel", FARTHER)
    expect(editor.input("positive", "text")).to_have_count(0)
    expect(steps).to_be_focused()
    editor.press("Control+a", "7", "Enter")
    assert editor.document["nodes"]["sample"]["inputs"]["steps"] == 7
    editor.press("Escape")
    expect(steps).to_have_count(0)
    editor.press("Control+f")
    editor.choose("positive")
    for _ in range(6):
        editor.page.locator(".react-flow__pane").dispatch_event("wheel", FARTHER)
    expect(editor.input("positive", "text")).to_have_count(0)
    editor.press("Enter")
    expect(editor.input("positive", "text")).to_be_focused()
