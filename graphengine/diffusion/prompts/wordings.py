"""All that a prompt says in the course of a run, as chunks of tokens; without torch."""

from typing import NamedTuple

from graphengine.diffusion.models.tokens import tokens_of
from graphengine.diffusion.prompts.chunks import Chunk, chunks
from graphengine.diffusion.prompts.moments import Span, moments
from graphengine.diffusion.prompts.parse import parse
from graphengine.diffusion.prompts.prompt import Prompt, Words
from graphengine.diffusion.prompts.runs import sections


class Wording(NamedTuple):
    """What a prompt says at some of the steps: all of them, where there are no spans."""

    chunks: tuple[Chunk, ...]
    strength: float
    steps: tuple[Span, ...]


def wordings(text: str, *, syntax: bool = True) -> list[Wording]:
    """All that a prompt says in the course of a run. Raises PromptError.

    syntax: whether brackets and the like have their meaning; else they are text like any other.
    """
    prompts = parse(text) if syntax else [Prompt(text, (Words(text, 0),))]
    return [
        Wording(tuple(chunks(sections(prompt, moment), tokens_of)), prompt.strength, moment.steps)
        for prompt in prompts
        for moment in moments(prompt)
    ]
