"""All that a prompt says in the course of a run, as chunks of tokens; torch only for embeddings."""

from collections.abc import Iterable
from typing import NamedTuple

from graphengine.diffusion.models.tokens import tokens_of
from graphengine.diffusion.prompts.chunks import Chunk, chunks
from graphengine.diffusion.prompts.embeddings import Embeddings
from graphengine.diffusion.prompts.error import PromptError
from graphengine.diffusion.prompts.moments import Span, moments
from graphengine.diffusion.prompts.parse import parse
from graphengine.diffusion.prompts.prompt import Embedding, Prompt, Words
from graphengine.diffusion.prompts.runs import sections
from graphengine.errors import ModelFileError


class Wording(NamedTuple):
    """What a prompt says at some of the steps: all of them, where there are no spans."""

    chunks: tuple[Chunk, ...]
    strength: float
    steps: tuple[Span, ...]


def wordings(text: str, *, syntax: bool = True, embeddings: Embeddings | None = None) -> list[Wording]:
    """All that a prompt says in the course of a run. Raises PromptError.

    syntax: whether brackets and the like have their meaning; else they are text like any other.
    embeddings: those that the prompt can name.
    """
    prompts = parse(text) if syntax else [Prompt(text, (Words(text, 0),))]
    embeddings = embeddings or Embeddings({})
    check_embeddings(prompts, embeddings)
    return [
        Wording(
            tuple(chunks(sections(prompt, moment), tokens_of, embeddings.length)),
            prompt.strength,
            moment.steps,
        )
        for prompt in prompts
        for moment in moments(prompt)
    ]


def check_embeddings(prompts: Iterable[Prompt], embeddings: Embeddings) -> None:
    """Raise PromptError for the first embedding that isn't there, or can't be used."""
    for prompt in prompts:
        for event in prompt.events:
            if not isinstance(event, Embedding):
                continue
            try:
                embeddings.length(event.name)
            except ModelFileError as error:
                raise PromptError.at(
                    prompt.source,
                    event.position,
                    error.expected or "an embedding",
                    error.got or str(error),
                    error.hint,
                    error.kind,
                ) from error
