"""Whatever people do is undone and done again; the state's own tests do the same with many more gestures."""

from __future__ import annotations

import os

import pytest

from tests.web.editor import Editor
from tests.web.gestures import Gestures

GESTURES = 70
SEED = int(os.environ.get("GESTURES_SEED", "6"))


@pytest.mark.parametrize("seed", (SEED, SEED + 1, SEED + 2))
def test_undo_of_seventy_gestures_leads_back_and_redo_forth_again(editor: Editor, seed: int) -> None:
    editor.template("text_to_image")
    first = editor.document
    gestures = Gestures(editor, seed)
    print(f"GESTURES_SEED={seed}")
    for _ in range(GESTURES):
        gestures.next()
    last = editor.document
    assert last != first
    undone = steps(editor, "Undo", "Control+z")
    assert editor.document == first
    print(sorted(set(undone)))
    assert len(undone) > GESTURES / 3 and len(set(undone)) > 8
    assert steps(editor, "Redo", "Control+Shift+z") == undone[::-1]
    assert editor.document == last


def steps(editor: Editor, way: str, keys: str) -> list[str]:
    """Go all the way; returns the names of the steps, each as the toolbar told it before."""
    button = editor.page.get_by_role("toolbar").get_by_role("button", name=way)
    found: list[str] = []
    while button.is_enabled():
        label = button.get_attribute("aria-label") or ""
        assert label.startswith(f"{way}: ") and len(label) > len(f"{way}: "), label
        found.append(label.removeprefix(f"{way}: "))
        editor.press(keys)
        assert len(found) < 3 * GESTURES
    return found
