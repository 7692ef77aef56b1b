"""A prompt cut into words, spaces, brackets, colons and bars."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

MARKS = r"()\[\]:|"
SYMBOL = re.compile(rf"(?P<space>\s+)|(?P<mark>[{MARKS}])|(?P<word>(?:\\[{MARKS}\\]|[^\s{MARKS}])+)")
ESCAPE = re.compile(rf"\\([{MARKS}\\])")

KEYWORDS = ("BREAK", "AND")


class Symbol(NamedTuple):
    """The smallest thing that means something."""

    kind: Literal["space", "word", "keyword", "(", ")", "[", "]", ":", "|", "end"]
    raw: str
    """As it stands in the prompt."""
    position: int

    @property
    def text(self) -> str:
        """Without the backslashes of escapes; any other backslash is text."""
        return ESCAPE.sub(r"\1", self.raw)

    def __str__(self) -> str:
        """As an error quotes it."""
        if self.kind == "end":
            return "the end of the prompt"
        return repr(self.raw if len(self.raw) <= 20 else f"{self.raw[:20]}...")


def symbols(prompt: str) -> Iterator[Symbol]:
    """All of a prompt, and `end`."""
    for match in SYMBOL.finditer(prompt):
        raw, kind = match.group(), match.lastgroup
        if kind == "mark":
            kind = raw
        elif raw in KEYWORDS:
            kind = "keyword"
        yield Symbol(kind, raw, match.start())  # type: ignore[arg-type]
    yield Symbol("end", "", len(prompt))
