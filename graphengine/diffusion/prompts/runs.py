"""The text of a prompt at a moment, in runs of equal weight."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from graphengine.diffusion.prompts.error import PromptError
from graphengine.diffusion.prompts.moments import Moment
from graphengine.diffusion.prompts.prompt import (
    Alternate,
    Break,
    Embedding,
    End,
    NextOption,
    Prompt,
    Switch,
    Weight,
    Words,
)

LARGEST = 1000
"""The most that anyone means as a weight, of either sign."""


class Run(NamedTuple):
    """Text of one weight; or one embedding, without text."""

    text: str
    weight: float = 1.0
    embedding: Embedding | None = None


class Scope(NamedTuple):
    """What holds within a bracket: weight with those around it, whether its text counts, and options."""

    weight: float = 1.0
    counts: bool = True
    option: int = 0
    chosen: int = 0


def sections(prompt: Prompt, moment: Moment) -> list[list[Run]]:
    """What BREAK divides, each as runs: of two neighbours with the same weight, one is an embedding.

    Raises PromptError for a weight that is out of all bounds.
    """
    found: list[list[Run]] = [[]]
    for kind, runs in groupby(runs_and_breaks(prompt, moment), lambda run: run and run[1:]):
        if kind is None:
            found += [[] for _ in runs]
        else:
            found[-1].append(Run("".join(run.text for run in runs if run), *kind))
    return found


def runs_and_breaks(prompt: Prompt, moment: Moment) -> Iterator[Run | None]:
    """The words that count at a moment, and None for each break."""
    around: list[Scope] = []
    here = Scope()
    for event in prompt.events:
        match event:
            case Words() if here.counts:
                if event.text.strip():
                    check_weight(here.weight, event, prompt)
                yield Run(event.text, round(here.weight, 6))  # 1 / 1.1 * 1.1 is 1
            case Embedding() if here.counts:
                check_weight(here.weight, event, prompt)
                yield Run("", round(here.weight, 6), event)
            case Break() if here.counts:
                yield None
            case Weight():
                around.append(here)
                here = Scope(here.weight * event.factor, here.counts)
            case Switch() | Alternate():
                around.append(here)
                chosen = moment.option(event)
                here = Scope(here.weight, here.counts and chosen == 0, 0, chosen)
            case NextOption():
                option = here.option + 1
                here = here._replace(option=option, counts=around[-1].counts and option == here.chosen)
            case End():
                here = around.pop()


def check_weight(weight: float, weighted: Words | Embedding, prompt: Prompt) -> None:
    """Raise PromptError for a weight that nobody means."""
    if not abs(weight) <= LARGEST:
        raise PromptError.at(
            prompt.source,
            weighted.position,
            f"a weight between -{LARGEST} and {LARGEST}, with those of all brackets around",
            f"{weight:.3g}",
        )
