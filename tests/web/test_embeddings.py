"""Embeddings in prompts, offered as their names are typed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import torch
from safetensors.torch import save_file

from tests.web.editor import Editor
from tests.web.served import Served

if TYPE_CHECKING:
    from playwright.sync_api import Locator


@pytest.fixture
def files(server: Served) -> Iterator[None]:
    """Three embeddings in the server's folder."""
    folder = server.home / "models" / "embeddings"
    (folder / "light").mkdir(parents=True)
    for name in ("moonlit", "moonless", "light/my day"):
        save_file({"emb_params": torch.zeros(2, 64)}, folder / f"{name}.safetensors")
    yield
    shutil.rmtree(folder)


def text(editor: Editor) -> str:
    found: str = editor.document["nodes"]["positive"]["inputs"]["text"]
    return found


@pytest.mark.usefixtures("files")
def test_embeddings_are_offered_as_their_names_are_typed(editor: Editor) -> None:
    from playwright.sync_api import expect

    editor.template("text_to_image")
    field, card, typing = editor.input("positive", "text"), editor.card("positive"), editor.page.keyboard
    offered = editor.page.get_by_role("listbox", name="Embeddings")

    def chosen() -> Locator:
        return offered.get_by_role("option", selected=True)

    field.fill("a circle, ")
    typing.type("emb")
    expect(offered.get_by_role("option")).to_have_text(["light/my day", "moonless", "moonlit"])
    expect(chosen()).to_have_text("light/my day")
    expect(field).to_have_attribute("aria-activedescendant", chosen().get_attribute("id") or "")
    editor.press("ArrowUp")
    expect(chosen()).to_have_text("moonlit")
    editor.press("ArrowDown", "ArrowDown", "ArrowDown", "Enter")
    assert text(editor) == "a circle, embedding:moonlit"
    expect(offered).to_have_count(0)
    expect(card.locator(".prompt-colours .embedding")).to_have_text("embedding:moonlit")
    card.get_by_text("5 of 75 tokens, in 1 chunk").wait_for()
    editor.press("Control+z")
    assert text(editor) == "a circle, emb"

    field.fill("a circle, ")
    typing.type("embedding:day")
    offered.get_by_role("option", name="light/my day").click()
    assert text(editor) == r"a circle, embedding:light/my\ day"
    expect(field).to_be_focused()


@pytest.mark.usefixtures("files")
def test_a_word_may_be_an_embedding_and_need_not_be(editor: Editor) -> None:
    from playwright.sync_api import expect

    editor.template("text_to_image")
    field, card, typing = editor.input("positive", "text"), editor.card("positive"), editor.page.keyboard
    offered = editor.page.get_by_role("listbox", name="Embeddings")
    field.fill("the ")
    typing.type("moon")
    expect(offered.get_by_role("option")).to_have_text(["embedding:moonless", "embedding:moonlit"])
    expect(offered.get_by_role("option", selected=True)).to_have_count(0)
    editor.press("Enter")
    assert text(editor) == "the moon\n"
    expect(offered).to_have_count(0)
    typing.type("mo")
    editor.press("Escape")
    expect(offered).to_have_count(0)
    expect(field).to_be_focused()
    typing.type("o")
    editor.press("ArrowDown", "Tab")
    assert text(editor) == "the moon\nembedding:moonless"

    field.fill("a embedding:moonlite")
    expect(card.locator(".prompt-colours .unknown")).to_have_text("embedding:moonlite")
    expect(field).to_have_attribute("aria-invalid", "true")
    card.get_by_text("Expected the name of an embedding that is there, got 'moonlite'").wait_for()
