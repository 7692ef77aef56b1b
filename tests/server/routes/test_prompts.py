"""Counting the tokens of prompts."""

import pytest
import torch
from safetensors.torch import save_file

from tests.server.live import Live


@pytest.mark.parametrize(
    ("text", "chunks", "wordings"),
    [
        ("", [0], 1),
        ("a (red:1.2) circle", [3], 1),
        ("a red circle BREAK a cat", [3, 2], 1),
        (" ".join(["cat"] * 80), [75, 5], 1),
        ("[a cat:a very red circle:0.5]", [4], 2),  # the longest counts
        ("one AND two cats", [2], 2),
    ],
)
def test_tokens_are_counted_as_prompts_are_encoded(
    live: Live, text: str, chunks: list[int], wordings: int
) -> None:
    found = live.post("/api/prompts/tokens", {"text": text}).json
    assert found == {
        "room": 75, "chunks": chunks, "wordings": wordings, "problem": None, "line": None, "column": None,
    }  # fmt: skip


def test_without_syntax_brackets_are_text(live: Live) -> None:
    found = live.post("/api/prompts/tokens", {"text": "(a", "syntax": False}).json
    assert found["problem"] is None and found["chunks"] == [2]


def test_a_prompt_that_cant_be_read_is_told_with_its_place(live: Live) -> None:
    found = live.post("/api/prompts/tokens", {"text": "a cat,\n a (dog"}).json
    assert (found["line"], found["column"], found["chunks"]) == (2, 4, [])
    assert found["problem"]["kind"] == "prompt_syntax"
    assert found["problem"]["expected"] == "')' somewhere after this '('"


def test_a_novel_is_refused(live: Live) -> None:
    assert live.post("/api/prompts/tokens", {"text": "a" * 20_001}).status == 422


def test_each_vector_of_an_embedding_is_a_token(live: Live) -> None:
    folder = live.home.models / "embeddings"
    folder.mkdir(parents=True, exist_ok=True)
    save_file({"emb_params": torch.zeros(3, 64)}, folder / "counted.safetensors")
    found = live.post("/api/prompts/tokens", {"text": "a (embedding:counted:1.2) circle"}).json
    assert found["problem"] is None and found["chunks"] == [5]
    kinds = {each["name"]: each["kind"] for each in live.get("/api/models").json["models"]}
    assert kinds["counted.safetensors"] == "embeddings"


def test_an_embedding_that_isnt_there_is_told_with_its_place(live: Live) -> None:
    found = live.post("/api/prompts/tokens", {"text": "a embedding:nowhere"}).json
    assert (found["line"], found["column"], found["chunks"]) == (1, 3, [])
    assert found["problem"]["kind"] == "missing_embedding"
    assert "embedding files go into" in found["problem"]["hint"]
