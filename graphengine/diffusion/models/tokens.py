"""CLIP's tokens of a text, as numbers; without torch, so that they can be counted anywhere."""

import functools
from collections.abc import Sequence

from instant_clip_tokenizer import Tokenizer

TOKENS = 77
"""Length of a tokenised prompt, start and end token included."""
START = 49406
END = 49407


@functools.cache
def tokenizer() -> Tokenizer:
    """The tokenizer with CLIP's own vocabulary; made once, since its tables are large."""
    return Tokenizer()


def tokens_of(text: str) -> list[int]:
    """All tokens of a text, without start and end."""
    return tokenizer().encode(text)  # type: ignore[no-any-return]


def framed(tokens: Sequence[int]) -> list[int]:
    """Up to 75 tokens between start and end, padded to 77 with the end token."""
    return [START, *tokens] + [END] * (TOKENS - 1 - len(tokens))
