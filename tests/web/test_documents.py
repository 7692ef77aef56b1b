"""Nothing is lost: files dropped in, two pages on one workflow."""

from __future__ import annotations

import copy
import json
from pathlib import Path

from tests.web.editor import Editor, written
from tests.web.served import Served

TEMPLATE = Path(__file__).parents[2] / "workflows" / "text_to_image.json"


def test_a_picture_dropped_in_restores_its_graph(editor: Editor, server: Served) -> None:
    editor.template("text_to_image")
    editor.input("sample", "steps").fill("2")
    editor.input("sample", "steps").blur()
    made = editor.document
    run = editor.run()
    picture = server.read(f"/api/artifacts/{run['artifacts'][0]['id']}/file")
    editor.press("Control+a", "Delete")
    editor.drop("circle.png", "image/png", picture)
    editor.card("sample").wait_for()
    restored = editor.document
    assert restored["nodes"] == made["nodes"] and restored["parameters"] == made["parameters"]
    assert restored["layout"] == made["layout"]


def test_a_broken_file_dropped_in_says_so_and_loses_nothing(editor: Editor) -> None:
    editor.template("text_to_image")
    before = editor.document
    for name, kind, content in (
        ("broken.json", "application/json", b'{"format": '),
        ("other.json", "application/json", b'{"format": "another/1"}'),
        ("broken.png", "image/png", b"\x89PNG\r\n\x1a\n and no more"),
    ):
        editor.drop(name, kind, content)
        editor.page.get_by_text(f"'{name}' can't be opened.").wait_for()
        assert editor.document == before
    assert {status for status, _ in editor.refused} <= {400, 413, 415, 422}
    editor.refused.clear()


def test_an_unknown_node_is_a_placeholder_and_is_kept(editor: Editor, server: Served, tmp_path: Path) -> None:
    document = written(TEMPLATE)
    document["nodes"]["sample"]["type"] = "sampler_of_a_plugin"
    document["nodes"]["sample"]["inputs"]["secret"] = {"deep": [1, 2.5, None]}
    kept = copy.deepcopy(document)
    editor.drop("plugin.json", "application/json", json.dumps(document).encode())
    editor.card("sample").get_by_text("There is no node type 'sampler_of_a_plugin' here.").first.wait_for()
    editor.save_as("plugin")
    assert server.json("/api/workflows/plugin")["document"] == kept
    assert written(editor.export(tmp_path)) == kept
    editor.refused.clear()


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
