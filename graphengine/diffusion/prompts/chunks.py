"""Prompts of any length as chunks that a text encoder takes."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from graphengine.diffusion.prompts.runs import Run

LENGTH = 75
"""Tokens of a chunk, without start and end."""

SPACE = re.compile(r"[ \t\n\r\f\v]+")
"""Where a text can be cut without any token becoming another."""


class Vector(NamedTuple):
    """One vector of an embedding, in the place of a token."""

    embedding: str
    number: int


Token = int | Vector


class Chunk(NamedTuple):
    """Up to 75 tokens, with a weight each."""

    tokens: tuple[Token, ...] = ()
    weights: tuple[float, ...] = ()


def chunks(
    sections: Iterable[Iterable[Run]],
    tokens_of: Callable[[str], Sequence[int]],
    length_of: Callable[[str], int],
) -> list[Chunk]:
    """Fill chunks with words; each section begins a new one.

    A word that the rest of a chunk has no room for goes to the next as a whole; only one that no chunk has
    room for is cut; and so it is with embeddings. A prompt without words is one empty chunk.
    tokens_of: a word's tokens. length_of: how many vectors an embedding has.
    """
    filled = [chunk for runs in sections for chunk in chunks_of_section(runs, tokens_of, length_of)]
    return filled or [Chunk()]


def chunks_of_section(
    runs: Iterable[Run], tokens_of: Callable[[str], Sequence[int]], length_of: Callable[[str], int]
) -> list[Chunk]:
    """Chunks of text without a break; none of a text without words."""
    full: list[Chunk] = []
    tokens: list[Token] = []
    weights: list[float] = []
    for text, weight, embedding in runs:
        words: Iterable[Sequence[Token]] = (
            map(tokens_of, SPACE.split(text)) if embedding is None else [vectors(embedding.name, length_of)]
        )
        for added in words:
            if len(tokens) + len(added) > LENGTH >= len(added):
                full.append(Chunk(tuple(tokens), tuple(weights)))
                tokens, weights = [], []
            tokens += added
            weights += [weight] * len(added)
            while len(tokens) > LENGTH:
                full.append(Chunk(tuple(tokens[:LENGTH]), tuple(weights[:LENGTH])))
                tokens, weights = tokens[LENGTH:], weights[LENGTH:]
    return [*full, Chunk(tuple(tokens), tuple(weights))] if tokens else full


def vectors(embedding: str, length_of: Callable[[str], int]) -> list[Vector]:
    """All vectors of an embedding."""
    return [Vector(embedding, number) for number in range(length_of(embedding))]
