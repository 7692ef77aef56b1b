"""CLIP's tokenizer: a prompt becomes 77 token numbers."""

import functools
from collections.abc import Sequence

import torch
from instant_clip_tokenizer import Tokenizer
from torch import Tensor

TOKENS = 77
"""Length of a tokenised prompt, start and end token included."""
START = 49406
END = 49407


@functools.cache
def tokenizer() -> Tokenizer:
    """The tokenizer with CLIP's own vocabulary; made once, since its tables are large."""
    return Tokenizer()


def tokenize(texts: Sequence[str]) -> Tensor:
    """Token numbers of each text, as Stable Diffusion 1 was trained on them.

    A text of more than 75 tokens is cut. Returns [b, 77], int64.
    """
    rows = [framed(tokens_of(text)[: TOKENS - 2]) for text in texts]
    return torch.tensor(rows, dtype=torch.int64).reshape(-1, TOKENS)


def tokens_of(text: str) -> list[int]:
    """All tokens of a text, without start and end."""
    return tokenizer().encode(text)  # type: ignore[no-any-return]


def framed(tokens: Sequence[int]) -> list[int]:
    """Up to 75 tokens between start and end, padded to 77 with the end token."""
    return [START, *tokens] + [END] * (TOKENS - 1 - len(tokens))


def count_tokens(text: str) -> int:
    """Tokens of a text, without start and end; a chunk has room for 75."""
    return len(tokens_of(text))
