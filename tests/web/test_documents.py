"""Nothing is lost: files dropped in, two pages on one workflow."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.web.editor import Editor
from tests.web.served import Served

TEMPLATE = Path(__file__).parents[2] / "workflows" / "text_to_image.json"


def test_a_picture_dropped_in_restores_its_graph(editor: Editor, server: Served) -> None:
    editor.template("text_to_image")
    editor.set("sample", "steps", "2")
    editor.set("sample", "seed", "1906")  # cached pictures carry the layout they were made with
    made = editor.document
    run = editor.run()
    picture = server.read(f"/api/artifacts/{run['artifacts'][0]['id']}/file")
    editor.press("Control+a", "Delete")
    expect(editor.cards).to_have_count(0)
    editor.drop("circle.png", "image/png", picture)
    editor.card("sample").wait_for()
    restored = editor.document
    assert restored["nodes"] == made["nodes"] and restored["parameters"] == made["parameters"]
    assert restored["layout"] == made["layout"]


def test_two_pages_on_one_workflow_overwrite_nothing_unseen(editor: Editor, server: Served) -> None:
    editor.template("text_to_image")
    editor.save_as("shared")
    other = Editor.open(editor.page.context, server)
    other.template("shared")
    steps = "sample", "steps"
    for page, value in ((other, "3"), (editor, "5")):
        page.input(*steps).fill(value)
        page.input(*steps).blur()
    other.press("Control+s")
    other.page.get_by_text("Saved 'shared', version 2").wait_for()
    editor.press("Control+s")
    editor.page.get_by_text("'shared' was saved by somebody else meanwhile.").wait_for()
    stored = server.json("/api/workflows/shared")
    assert stored["version"] == 2 and stored["document"]["nodes"]["sample"]["inputs"]["steps"] == 3
    assert editor.document["nodes"]["sample"]["inputs"]["steps"] == 5
    editor.page.get_by_role("button", name="Keep mine").click()
    editor.page.get_by_text("Saved 'shared', version 3").wait_for()
    assert server.json("/api/workflows/shared")["document"]["nodes"]["sample"]["inputs"]["steps"] == 5
    assert {status for status, _ in editor.refused} == {409}
    editor.refused.clear()
