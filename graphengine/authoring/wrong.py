"""Why a value doesn't fit its input: facts first, to be told with the place once that is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graphengine.authoring.json_schema import show
from graphengine.errors import GraphEngineError, mismatch
from graphengine.nearest import did_you_mean

MOST_CHOICES = 12
"""A longer list isn't read out to whoever mistook one name of it."""


@dataclass(frozen=True)
class Wrong:
    """Why a literal doesn't fit its input."""

    kind: str
    expected: str
    got: str
    hint: str | None = None

    def at(self, node: str | None, node_type: str | None, input: str | None) -> GraphEngineError:
        """The error, naming the place."""
        return mismatch(
            self.expected,
            self.got,
            kind=self.kind,
            node=node,
            node_type=node_type,
            input=input,
            hint=self.hint,
        )


class LiteralError(Exception):
    """A literal doesn't fit; carries why. The caller knows the place and makes the error to show."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.expected, wrong.got)
        self.wrong = wrong


def not_a_choice(value: str, options: Sequence[str], near: Sequence[str], hint: str | None) -> Wrong:
    """What is wrong with a value that isn't among the options found; `near`: those like it."""
    expected = some_of(options, near) if options else "one of the values found, and there are none"
    return Wrong("not_a_choice", expected, show(value), did_you_mean(value, near) or hint)


def some_of(names: Sequence[str], near: Sequence[str]) -> str:
    """The names to choose from, in words; of a long list those near what was written, if there are any."""
    if len(names) <= MOST_CHOICES:
        return one_of(names)
    named = near or names[:5]
    return one_of([*named, *(name for name in names if name not in named)], most=len(named))


def one_of(names: Sequence[str], most: int = 30) -> str:
    """The names to choose from, in words."""
    listed = ", ".join(f"'{name}'" for name in names[:most])
    if len(names) > most:
        listed += f" and {len(names) - most} more"
    return f"one of {listed}" if len(names) > 1 else listed
