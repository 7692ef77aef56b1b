"""A prompt cut into words, spaces, names of embeddings, brackets, colons and bars."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

MARKS = r"()\[\]:|"
NUMBER = r"[+-]?(?:[0-9]{1,9}(?:\.[0-9]*)?|\.[0-9]+)"
EMBEDDING = "embedding:"
ENDING = ".;!?"
"""Marks that belong to a sentence, and not to the name before them."""
NAME = rf"(?:[{ENDING}]*(?:\\.|[^\s{MARKS},{ENDING}\\]))+"
SYMBOL = re.compile(
    rf"(?P<space>\s+)|(?P<mark>[{MARKS}])"
    rf"|(?P<embedding>{EMBEDDING}(?!{NUMBER}\s*[)\]]){NAME})"
    rf"|(?P<word>(?:\\[{MARKS}\\]|,(?!{EMBEDDING})|[^\s{MARKS},])+|,)"
)
ESCAPE = re.compile(rf"\\([{MARKS}\\])")
ESCAPE_IN_NAME = re.compile(r"\\(.)")

KEYWORDS = ("BREAK", "AND")


class Symbol(NamedTuple):
    """The smallest thing that means something."""

    kind: Literal["space", "word", "keyword", "embedding", "(", ")", "[", "]", ":", "|", "end"]
    raw: str
    """As it stands in the prompt."""
    position: int

    @property
    def text(self) -> str:
        """Without the backslashes of escapes; any other backslash is text. Of an embedding its name."""
        if self.kind == "embedding":
            return ESCAPE_IN_NAME.sub(r"\1", self.raw.removeprefix(EMBEDDING))
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


def embeddings_in(prompt: str) -> set[str]:
    """The names of all embeddings in a prompt, also in one that can't be read."""
    return {symbol.text for symbol in symbols(prompt) if symbol.kind == "embedding"}
