"""A prompt that was read: words with marks around them.

A flat row and no tree, since brackets may be nested as deep as the prompt is long.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Text, spaces included, that begins at a position of the prompt."""

    text: str
    position: int


@dataclass(frozen=True)
class Embedding:
    """The vectors of a file, named at a position of the prompt, in the place of a word's tokens."""

    name: str
    position: int


@dataclass(frozen=True)
class Break:
    """The next word starts a new chunk."""


@dataclass(frozen=True)
class Weight:
    """Up to its `End`, weights are multiplied by a factor."""

    factor: float


@dataclass(frozen=True)
class Switch:
    """Up to its `End` there are two options: the first before a step, the second from it on.

    step: a whole number counts from 0; a number with a fraction is a share of all steps.
    """

    step: int | float
    position: int


@dataclass(frozen=True)
class Alternate:
    """Up to its `End` there are options that take turns, a step each."""

    options: int
    position: int


@dataclass(frozen=True)
class NextOption:
    """Between two options."""


@dataclass(frozen=True)
class End:
    """Closes the last `Weight`, `Switch` or `Alternate` that is open."""


Event = Words | Embedding | Break | Weight | Switch | Alternate | NextOption | End


@dataclass(frozen=True)
class Prompt:
    """One of the prompts that AND combines, and how much it counts beside the others."""

    source: str
    """The whole text that it is from."""
    events: tuple[Event, ...]
    strength: float = 1.0
