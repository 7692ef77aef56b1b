"""The error of a prompt that can't be read."""

import unicodedata

from graphengine.errors import GraphEngineError

AROUND = 60
"""Characters of a long line that are shown on either side of the place."""


class PromptError(GraphEngineError):
    """A prompt that can't be read: says where, counted from 1, and points at the character."""

    line: int
    column: int

    @classmethod
    def at(
        cls,
        prompt: str,
        position: int,
        expected: str,
        got: str,
        hint: str | None = None,
        kind: str = "prompt_syntax",
    ) -> "PromptError":
        """The error at a position of a prompt, counted from 0."""
        line = prompt.count("\n", 0, position) + 1
        column = position - prompt.rfind("\n", 0, position)
        message = f"input 'text': line {line}, column {column}: expected {expected}, got {got}"
        excerpt = f"\n{pointed_at(prompt, position)}"
        error = cls(
            f"{message}; {hint}{excerpt}" if hint else f"{message}{excerpt}",
            kind=kind,
            input="text",
            expected=expected,
            got=got,
            hint=hint,
        )
        error.line, error.column, error.excerpt = line, column, excerpt
        return error


def pointed_at(prompt: str, position: int) -> str:
    """The line of a prompt, or what is near in a long one, with a caret under the character."""
    begin = max(prompt.rfind("\n", 0, position) + 1, position - AROUND)
    newline = prompt.find("\n", position)
    end = min(len(prompt) if newline < 0 else newline, position + AROUND)
    return f"  {shown(prompt[begin:end])}\n  {' ' * width(prompt[begin:position])}^"


def shown(text: str) -> str:
    """Text of one line, whatever is in it."""
    return "".join(character if character.isprintable() else " " for character in text)


def width(text: str) -> int:
    """Columns that text takes on a terminal."""
    return sum(
        2 if unicodedata.east_asian_width(each) in "WF" else 0 if unicodedata.combining(each) else 1
        for each in shown(text)
    )
