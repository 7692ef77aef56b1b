"""CLIP's tokenizer: a prompt becomes 77 token numbers."""

from collections.abc import Sequence

import torch
from torch import Tensor

from graphengine.diffusion.models.tokens import TOKENS, framed, tokens_of


def tokenize(texts: Sequence[str]) -> Tensor:
    """Token numbers of each text, as Stable Diffusion 1 was trained on them.

    A text of more than 75 tokens is cut. Returns [b, 77], int64.
    """
    rows = [framed(tokens_of(text)[: TOKENS - 2]) for text in texts]
    return torch.tensor(rows, dtype=torch.int64).reshape(-1, TOKENS)
