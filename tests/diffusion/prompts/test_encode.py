"""Contexts of prompts, against transformers' encoder on the same random weights."""

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from graphengine.diffusion.models.text_encoder import ClipText, encode_text
from graphengine.diffusion.models.tokenizer import tokenize
from graphengine.diffusion.models.tokens import END, START, framed, tokens_of
from graphengine.diffusion.prompts.embeddings import Embeddings
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


def test_embeddings_agree_with_transformers_with_new_tokens(encoder: ClipText, tmp_path: Path) -> None:
    """As diffusers does it: the vectors are rows that the vocabulary is grown by."""
    width, vocabulary = TINY_TEXT.width, TINY_TEXT.vocabulary
    vectors = torch.randn(3, width, generator=torch.Generator().manual_seed(0))
    save_file({"emb_params": vectors[:2]}, tmp_path / "night.safetensors")
    torch.save({"<dusk>": vectors[2]}, tmp_path / "dusk.bin")
    embeddings = Embeddings({path.name: path for path in tmp_path.iterdir()})
    text = "a embedding:night circle, embedding:dusk embedding:night"
    (part,) = encode(encoder, wordings(text, embeddings=embeddings), embeddings=embeddings)

    twin = transformers_twin(encoder)
    twin.resize_token_embeddings(vocabulary + 3, mean_resizing=False)
    rows = twin.get_input_embeddings().weight
    with torch.no_grad():
        rows[vocabulary:] = vectors
    night, dusk = [vocabulary, vocabulary + 1], [vocabulary + 2]
    said = [*tokens_of("a"), *night, *tokens_of("circle,"), *dusk, *night]
    with torch.inference_mode():
        expected = twin(torch.tensor([framed(said)])).last_hidden_state
    assert relative_error(part.context, expected) < 1e-5
    (plain,) = encode(encoder, wordings("a circle,"))
    assert relative_error(part.context, plain.context) > 1e-2


def test_embeddings_are_weighed_like_words(encoder: ClipText, tmp_path: Path) -> None:
    save_file({"emb_params": torch.ones(2, TINY_TEXT.width)}, tmp_path / "night.safetensors")
    embeddings = Embeddings({"night.safetensors": tmp_path / "night.safetensors"})

    def said(text: str) -> torch.Tensor:
        (part,) = encode(encoder, wordings(text, embeddings=embeddings), embeddings=embeddings)
        return part.context

    plain, empty, found = said("a embedding:night b"), said(""), said("a (embedding:night:1.5) b")
    assert found[:, [0, 1, 4, 5]].equal(plain[:, [0, 1, 4, 5]])
    torch.testing.assert_close(found[:, 2:4], empty[:, 2:4] + 1.5 * (plain[:, 2:4] - empty[:, 2:4]))


def test_the_encoder_is_as_it_was_after_an_embedding(encoder: ClipText) -> None:
    before = encode_text(encoder, ["a red circle"])
    tokens = torch.tensor([framed([TINY_TEXT.vocabulary])])
    with torch.inference_mode():
        encoder(tokens, -1, torch.ones(1, TINY_TEXT.width))
    assert encode_text(encoder, ["a red circle"]).equal(before)
    with torch.inference_mode(), pytest.raises(IndexError):
        encoder(tokens)
