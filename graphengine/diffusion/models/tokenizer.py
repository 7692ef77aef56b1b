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

    A text of more than 75 tokens is cut; `left_out` tells what went. A shorter one is padded with
    the end token. Returns [b, 77], int64.
    """
    rows = []
    for text in texts:
        tokens = [START, *tokenizer().encode(text)[: TOKENS - 2], END]
        rows.append(tokens + [END] * (TOKENS - len(tokens)))
    return torch.tensor(rows, dtype=torch.int64).reshape(-1, TOKENS)


def count_tokens(text: str) -> int:
    """Tokens of a text, without start and end; up to 75 of them fit."""
    return len(tokenizer().encode(text))


def left_out(text: str) -> str:
    """The end of a text that `tokenize` cuts off, in lower case; empty where all of it fits."""
    return str(tokenizer().decode(tokenizer().encode(text)[TOKENS - 2 :])).strip()
