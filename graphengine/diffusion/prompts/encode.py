"""Prompts as what a network is steered by."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from graphengine.diffusion.models.text_encoder import ClipText
from graphengine.diffusion.models.tokens import TOKENS, framed
from graphengine.diffusion.prompts.chunks import Chunk, Token, Vector
from graphengine.diffusion.prompts.embeddings import Embeddings
from graphengine.diffusion.prompts.moments import Span
from graphengine.diffusion.prompts.weighting import Weighting, from_empty
from graphengine.diffusion.prompts.wordings import Wording


class EncodedPart(NamedTuple):
    """One wording, encoded: `context` is [1, 77 n, d] in float32, on the CPU."""

    context: Tensor
    strength: float
    steps: tuple[Span, ...]


@torch.inference_mode()
def encode(
    encoder: ClipText,
    wordings: Sequence[Wording],
    *,
    embeddings: Embeddings | None = None,
    weighting: Weighting = from_empty,
    layer: int = -1,
    check: Callable[[], None] = lambda: None,
) -> list[EncodedPart]:
    """Encode each wording; those that say the same get the very same tensor.

    embeddings: those by which the wordings were read.
    layer: the encoder's layer to take, counted from its end: -1 is the last.
    check: called before each chunk; may raise to stop.
    """
    encoding = Encoding(encoder, embeddings or Embeddings({}), weighting, layer, check)
    return [EncodedPart(encoding.context(each.chunks), each.strength, each.steps) for each in wordings]


class Encoding:
    """Encodes chunks one at a time, so that each is the same in any company, and no chunk twice."""

    def __init__(
        self,
        encoder: ClipText,
        embeddings: Embeddings,
        weighting: Weighting,
        layer: int,
        check: Callable[[], None],
    ) -> None:
        self._encoder = encoder
        self._embeddings = embeddings
        self._weighting = weighting
        self._layer = layer
        self._check = check
        self._vectors: dict[tuple[Token, ...], Tensor] = {}
        self._contexts: dict[tuple[Chunk, ...], Tensor] = {}

    def context(self, chunks: tuple[Chunk, ...]) -> Tensor:
        """One chunk after the other: [1, 77 n, d]."""
        if chunks not in self._contexts:
            self._contexts[chunks] = torch.cat([self._weighted(chunk) for chunk in chunks], dim=1)
        return self._contexts[chunks]

    def _weighted(self, chunk: Chunk) -> Tensor:
        encoded = self._unweighted(chunk.tokens)
        if all(weight == 1 for weight in chunk.weights):
            return encoded
        weights = torch.ones(TOKENS)
        weights[1 : 1 + len(chunk.weights)] = torch.tensor(chunk.weights)
        return self._weighting(encoded, self._unweighted(()), weights)

    def _unweighted(self, tokens: tuple[Token, ...]) -> Tensor:
        if tokens not in self._vectors:
            self._check()
            numbers, added = self._numbered(tokens)
            row = torch.tensor([framed(numbers)], device=next(self._encoder.parameters()).device)
            self._vectors[tokens] = self._encoder(row, self._layer, added).float().cpu()
        return self._vectors[tokens]

    def _numbered(self, tokens: tuple[Token, ...]) -> tuple[list[int], Tensor | None]:
        """Tokens as numbers, where those of embeddings follow on the vocabulary, and the vectors of these."""
        vectors = [token for token in dict.fromkeys(tokens) if isinstance(token, Vector)]
        if not vectors:
            return [token for token in tokens if isinstance(token, int)], None
        number = {vector: self._encoder.config.vocabulary + place for place, vector in enumerate(vectors)}
        added = torch.stack([self._embeddings.vectors(name)[index] for name, index in vectors])
        return [number[token] if isinstance(token, Vector) else token for token in tokens], added
