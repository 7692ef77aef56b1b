import torch

from graphengine.diffusion.models.tokenizer import tokenize
from graphengine.diffusion.models.tokens import END, START, TOKENS, framed, tokens_of


def test_words_become_clips_own_numbers() -> None:
    tokens = tokenize(["a red circle", "a photo of a cat"])
    assert tokens.dtype == torch.int64
    assert tokens.shape == (2, TOKENS)
    assert tokens[0, :5].tolist() == [START, 320, 736, 7117, END]
    assert tokens[1, :7].tolist() == [START, 320, 1125, 539, 320, 2368, END]


def test_padding_is_the_end_token() -> None:
    assert set(tokenize(["a red circle"])[0, 4:].tolist()) == {END}


def test_no_words_at_all() -> None:
    assert tokenize([""]).tolist() == [[START] + [END] * 76]
    assert tokenize([]).shape == (0, TOKENS)


def test_case_and_outer_space_do_not_matter() -> None:
    assert tokenize(["  A Red   CIRCLE "]).equal(tokenize(["a red circle"]))


def test_a_long_prompt_is_cut() -> None:
    prompt = " ".join(["cat"] * 75)
    assert len(tokens_of(prompt)) == 75
    tokens = tokenize([prompt + " on the mat"])
    assert tokens.shape == (1, TOKENS)
    assert tokens[0, -1] == END
    assert tokens[0, :-1].equal(tokenize([prompt])[0, :-1])


def test_tokens_between_start_and_end() -> None:
    assert framed(tokens_of("a red circle")) == tokenize(["a red circle"])[0].tolist()
    assert len(framed([320] * 75)) == TOKENS


def test_any_text_can_be_told() -> None:
    assert tokenize(["naïve café 東京 🟥 <i>\n\x00"]).shape == (1, TOKENS)
