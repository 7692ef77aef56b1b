"""Contexts of prompts, against transformers' encoder on the same random weights."""

import pytest
import torch

from graphengine.diffusion.models.text_encoder import ClipText, encode_text
from graphengine.diffusion.models.tokenizer import tokenize
from graphengine.diffusion.models.tokens import END, START, tokens_of
from graphengine.diffusion.prompts.encode import EncodedPart, encode
from graphengine.diffusion.prompts.moments import Span
from graphengine.diffusion.prompts.weighting import keep_mean
from graphengine.diffusion.prompts.wordings import wordings
from graphengine.errors import Cancelled
from tests.diffusion.models.test_text_encoder import random_encoder, transformers_twin
from tests.diffusion.random_weights import TINY_TEXT, relative_error

LONG = " ".join(["a large red circle in the middle"] * 15) + " on a white background"  # 109 words


@pytest.fixture(scope="module")
def encoder() -> ClipText:
    return random_encoder(TINY_TEXT)


def encoded(encoder: ClipText, text: str, **options: object) -> list[EncodedPart]:
    return encode(encoder, wordings(text), **options)  # type: ignore[arg-type]


def context(encoder: ClipText, text: str, **options: object) -> torch.Tensor:
    (part,) = encoded(encoder, text, **options)
    return part.context


@pytest.mark.parametrize("text", ["a red circle", "", "(a:1.0) [(red)] circle", "A  red\ncircle BREAK"])
def test_weight_1_is_the_unweighted_encoding_to_the_bit(encoder: ClipText, text: str) -> None:
    plain = text if "red" not in text else "a red circle"
    assert context(encoder, text).equal(encode_text(encoder, [plain]))


def test_a_long_prompt_agrees_with_transformers_chunk_by_chunk(encoder: ClipText) -> None:
    tokens = tokens_of(LONG)
    assert len(tokens) == 109
    rows = [[START, *tokens[:75], END], [START, *tokens[75:], *[END] * (76 - 34)]]
    with torch.inference_mode():
        expected = transformers_twin(encoder)(torch.tensor(rows)).last_hidden_state.flatten(0, 1)[None]
    found = context(encoder, LONG)
    assert found.shape == (1, 154, TINY_TEXT.width)
    assert relative_error(found, expected) < 1e-5


def test_break_begins_a_chunk(encoder: ClipText) -> None:
    found = context(encoder, "a red circle BREAK a blue square")
    assert found[:, :77].equal(encode_text(encoder, ["a red circle"]))
    assert found[:, 77:].equal(encode_text(encoder, ["a blue square"]))


def test_a_weight_moves_its_words_alone(encoder: ClipText) -> None:
    plain, empty = encode_text(encoder, ["a red circle"]), encode_text(encoder, [""])
    found = context(encoder, "a (red:1.5) circle")
    assert found[:, [0, 1, 3, 4]].equal(plain[:, [0, 1, 3, 4]])
    torch.testing.assert_close(found[:, 2], empty[:, 2] + 1.5 * (plain[:, 2] - empty[:, 2]))


def test_the_weighting_is_chosen(encoder: ClipText) -> None:
    plain = encode_text(encoder, ["a red circle"])
    found = context(encoder, "a (red:1.5) circle", weighting=keep_mean)
    assert found.mean().item() == pytest.approx(plain.mean().item(), rel=1e-4)
    assert not found[:, 0].equal(plain[:, 0])


def test_weights_of_a_word_in_the_second_chunk(encoder: ClipText) -> None:
    found, plain = context(encoder, f"{LONG} (blue:2)"), context(encoder, f"{LONG} blue")
    changed = (found != plain).any(-1)[0].nonzero().flatten().tolist()
    assert changed == [77 + 1 + 109 - 75]


def test_layers_are_counted_from_the_end(encoder: ClipText) -> None:
    with torch.inference_mode():
        assert context(encoder, "a red circle", layer=-2).equal(encoder(tokenize(["a red circle"]), -2))


def test_what_changes_is_several_parts_and_each_is_encoded_once(encoder: ClipText) -> None:
    first, second, third = encoded(encoder, "a [red:blue:0.5] circle AND a red circle :0.25")
    assert [part.steps for part in (first, second, third)] == [(Span(0.0, 0.5),), (Span(0.5),), ()]
    assert [part.strength for part in (first, second, third)] == [1, 1, 0.25]
    assert first.context.equal(encode_text(encoder, ["a red circle"]))
    assert second.context.equal(encode_text(encoder, ["a blue circle"]))
    assert third.context is first.context


def test_without_syntax_brackets_are_text(encoder: ClipText) -> None:
    text = "a (red:1.3 [circle AND"
    (part,) = encode(encoder, wordings(text, syntax=False))
    assert part.context.equal(encode_text(encoder, [text]))


def test_it_can_be_stopped_between_chunks(encoder: ClipText) -> None:
    calls = 0

    def check() -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        encoded(encoder, "a BREAK b BREAK c", check=check)
