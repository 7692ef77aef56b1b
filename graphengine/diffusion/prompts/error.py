"""The error of a prompt that can't be read."""

import unicodedata

from graphengine.errors import GraphEngineError

AROUND = 60
"""Characters of a long line that are shown on either side of the place."""


class PromptError(GraphEngineError):
    """A prompt that can't be read: says where, and points at the character."""

    def __init__(self, prompt: str, position: int, expected: str, got: str, hint: str | None = None) -> None:
        self.line = prompt.count("\n", 0, position) + 1
        self.column = position - (prompt.rfind("\n", 0, position) + 1) + 1
        super().__init__(
            f"input 'text': line {self.line}, column {self.column}: expected {expected}, got {got}"
            + (f"; {hint}" if hint else "")
            + f"\n{pointed_at(prompt, position)}",
            kind="prompt_syntax",
            input="text",
            expected=expected,
            got=got,
            hint=hint,
        )


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
