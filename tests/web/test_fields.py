"""The fields of inputs, as people use them."""

from __future__ import annotations

from tests.web.editor import Editor


def text(editor: Editor) -> str:
    found: str = editor.document["nodes"]["positive"]["inputs"]["text"]
    return found


def test_a_prompt_is_weighed_counted_undone_and_told_what_is_wrong(editor: Editor) -> None:
    editor.template("text_to_image")
    card = editor.card("positive")
    field = editor.input("positive", "text")
    before = text(editor)
    field.fill("a red circle BREAK a cat")
    card.get_by_text("5 of 150 tokens, in 2 chunks").wait_for()
    field.evaluate("field => field.setSelectionRange(2, 12)")
    editor.press("Control+ArrowUp", "Control+ArrowUp")
    assert text(editor) == "a (red circle:1.1) BREAK a cat"
    assert card.locator(".prompt-colours").inner_text().strip() == text(editor)
    card.locator(".prompt-colours .stronger", has_text="red circle").wait_for()
    editor.press("Control+z")
    assert text(editor) == "a red circle BREAK a cat"
    editor.press("Control+z")
    assert text(editor) == before
    editor.press("Control+z")  # not what was done before, elsewhere
    assert text(editor) == before
    editor.press("Control+Shift+z")
    assert field.input_value() == text(editor) == "a red circle BREAK a cat"
    editor.press("Control+End")
    editor.page.keyboard.type(" (and")
    card.get_by_text("Expected ')' somewhere after this '('.").wait_for()
    assert field.get_attribute("aria-invalid") == "true"
    height = field.bounding_box()
    editor.page.keyboard.type(" more words" * 12)
    grown = field.bounding_box()
    assert height and grown and grown["height"] > 1.5 * height["height"]
