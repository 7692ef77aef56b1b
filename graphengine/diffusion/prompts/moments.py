"""The different texts that a prompt is in the course of a run, and when it is which."""

import math
from dataclasses import dataclass
from itertools import pairwise, product
from typing import NamedTuple

from graphengine.diffusion.prompts.error import PromptError
from graphengine.diffusion.prompts.prompt import Alternate, Prompt, Switch

MOST = 256
"""Texts that one prompt may be in the course of a run; each has to be encoded."""


class Span(NamedTuple):
    """Every so many steps from `first` up to, not including, `last`; as in `StepRange` of conditionings."""

    first: int | float = 0
    last: int | float | None = None
    every: int = 1


@dataclass(frozen=True)
class Moment:
    """Some of the steps: those within all three spans.

    share, number: between two switches that are given as shares of steps, and as numbers of steps. Which of
    those come first isn't known before the run.
    turn: one of the turns of `Alternate`.
    """

    share: Span
    number: Span
    turn: Span

    @property
    def steps(self) -> tuple[Span, ...]:
        """The spans that don't hold all steps."""
        spans = (self.share, self.number, self.turn)
        return tuple(span for span in spans if span.first or span.last is not None or span.every > 1)

    def option(self, choice: Switch | Alternate) -> int:
        """Which of the options it is at this time."""
        if isinstance(choice, Alternate):
            return int(self.turn.first) % choice.options
        span = self.share if isinstance(choice.step, float) else self.number
        return 0 if span.first < choice.step else 1


def moments(prompt: Prompt) -> list[Moment]:
    """All moments of a run at which the prompt may be another text. Raises PromptError for too many."""
    switches = [event for event in prompt.events if isinstance(event, Switch)]
    shares = {each.step for each in switches if isinstance(each.step, float)} - {1.0}  # after the last step
    numbers = {each.step for each in switches if isinstance(each.step, int)}
    turns = math.lcm(*{event.options for event in prompt.events if isinstance(event, Alternate)})
    count = len({0.0, *shares}) * len({0, *numbers}) * turns
    if count > MOST:
        changing = next(event for event in prompt.events if isinstance(event, Switch | Alternate))
        raise PromptError.at(
            prompt.source,
            changing.position,
            f"a prompt that is up to {MOST} different texts in the course of a run",
            f"one that is {count}",
            "switch at fewer different steps, and alternate between like numbers of words",
        )
    alternating = [Span(turn, None, turns) for turn in range(turns)]
    return [
        Moment(*spans)
        for spans in product(spans_between({0.0, *shares}), spans_between({0, *numbers}), alternating)
    ]


def spans_between(switches: set[float] | set[int]) -> list[Span]:
    """From each switch to the next, and from the last one on."""
    ordered = sorted(switches)
    return [*(Span(first, last) for first, last in pairwise(ordered)), Span(ordered[-1])]
