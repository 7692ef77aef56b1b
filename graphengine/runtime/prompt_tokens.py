"""How long a prompt is, as the text encoders count."""

from dataclasses import asdict, dataclass
from typing import Any

from graphengine.errors import GraphEngineError
from graphengine.home import Home
from graphengine.runtime.embeddings import embeddings_of


@dataclass(frozen=True)
class PromptTokens:
    """Of the longest text that a prompt is in the course of a run.

    chunks: the tokens in each chunk of up to `room`. wordings: how many texts it is.
    problem: why the prompt can't be read, at a line and a column, both from 1; then nothing is counted.
    """

    room: int
    chunks: tuple[int, ...] = ()
    wordings: int = 0
    problem: dict[str, str | None] | None = None
    line: int | None = None
    column: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return asdict(self)


def prompt_tokens(text: str, home: Home, *, syntax: bool = True) -> PromptTokens:
    """Count as a prompt is encoded: with BREAK, words that change, embeddings, and whole words to a chunk."""
    from graphengine.diffusion.prompts.chunks import LENGTH
    from graphengine.diffusion.prompts.error import PromptError
    from graphengine.diffusion.prompts.wordings import wordings

    try:
        said = wordings(text, syntax=syntax, embeddings=embeddings_of(home))
    except PromptError as error:
        return PromptTokens(LENGTH, problem=error.to_dict(), line=error.line, column=error.column)
    except GraphEngineError as error:
        return PromptTokens(LENGTH, problem=error.to_dict())
    counts = [tuple(len(chunk.tokens) for chunk in each.chunks) for each in said]
    return PromptTokens(LENGTH, max(counts, key=lambda chunks: (len(chunks), sum(chunks))), len(counts))
