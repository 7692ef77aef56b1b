r"""Read a prompt in the syntax that the field's programs share.

- `(word)`, `(word:1.3)`, `[word]`: weights, times 1.1, times 1.3, divided by 1.1; nested ones multiply.
- `[from:to:0.4]`, `[to:0.4]`, `[from::0.4]`: another text from a share of the steps on;
  `[from:to:10]` after 10 steps.
- `[one|two]`: in turns, a step each.
- `one BREAK two`: the second begins a new chunk.
- `one AND two :0.5`: both prompts at once, by their strengths.
- `embedding:name`: the vectors of a file; in a name, `\` goes before a space, a comma or a bracket.
- `\(`, `\)`, `\[`, `\]`, `\:`, `\|`, `\\`: the character itself.
"""

import re
from typing import NamedTuple

from graphengine.diffusion.prompts.error import PromptError
from graphengine.diffusion.prompts.prompt import (
    Alternate,
    Break,
    Embedding,
    End,
    Event,
    NextOption,
    Prompt,
    Switch,
    Weight,
    Words,
)
from graphengine.diffusion.prompts.symbols import NUMBER, Symbol, symbols

EMPHASIS = 1.1
CLOSING = {"(": ")", "[": "]"}
OPENING = {")": "(", "]": "["}
COLON = "write \\: for a colon that is text"


class Bracket(NamedTuple):
    """An open bracket."""

    symbol: Symbol
    event: int
    """Where its event will stand, once its kind is known; after it, room for a separator."""
    separators: list[Symbol]


class Tail(NamedTuple):
    """A number at the end of something."""

    number: Symbol
    end: int
    """Index of the symbol that closes it."""


def parse(prompt: str) -> list[Prompt]:
    """The prompts that AND combines; one where there is no AND. Raises PromptError."""
    return Parser(prompt).parse()


class Parser:
    """Goes through the symbols once, with the open brackets on a stack."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.symbols = list(symbols(source))
        self.at = 0
        self.open: list[Bracket] = []
        self.events: list[Event | None] = []
        self.prompts: list[Prompt] = []
        self.strength = 1.0

    def parse(self) -> list[Prompt]:
        """Read all of it."""
        while (symbol := self.symbols[self.at]).kind != "end":
            self.at += 1
            match symbol.kind:
                case "(" | "[":
                    self.open.append(Bracket(symbol, len(self.events), []))
                    self.events += [None, None]
                case ")" | "]":
                    self.close(symbol)
                case ":":
                    self.colon(symbol)
                case "|" if self.open and self.open[-1].symbol.kind == "[":
                    self.separate(symbol)
                case "keyword" if symbol.raw == "BREAK":
                    self.events.append(Break())
                case "keyword":
                    self.combine(symbol)
                case "embedding":
                    self.events.append(Embedding(symbol.text, symbol.position))
                case _:
                    self.events.append(Words(symbol.text, symbol.position))
        if self.open:
            bracket = self.open[-1].symbol
            raise self.error(
                bracket,
                f"'{CLOSING[bracket.kind]}' somewhere after this '{bracket.raw}'",
                "the end of the prompt",
                f"write \\{bracket.raw} for a bracket that is text",
            )
        self.finish()
        return self.prompts

    def close(self, symbol: Symbol) -> None:
        """End the innermost bracket, which has no number."""
        if not self.open:
            raise self.error(
                symbol,
                f"'{OPENING[symbol.raw]}' before this",
                hint=f"write \\{symbol.raw} for a bracket that is text",
            )
        bracket = self.open[-1]
        if symbol.kind != CLOSING[bracket.symbol.kind]:
            raise self.error(
                symbol,
                f"'{CLOSING[bracket.symbol.kind]}' for the '{bracket.symbol.raw}' "
                f"at column {self.column(bracket.symbol)}",
            )
        if not bracket.separators:
            self.end(Weight(EMPHASIS if symbol.kind == ")" else 1 / EMPHASIS))
        elif self.alternating():
            self.end(Alternate(len(bracket.separators) + 1, bracket.symbol.position))
        else:
            raise self.error(symbol, "':' and the step at which to switch, such as :0.4 or :10", hint=COLON)

    def colon(self, symbol: Symbol) -> None:
        """A weight, a step, a separator, the strength of a whole prompt, or text."""
        if not self.open:
            self.top_level_colon(symbol)
        elif self.open[-1].symbol.kind == "(":
            tail = self.tail(")")
            if tail is None:
                raise self.unfinished("a weight such as 1.3", ")")
            self.end(Weight(float(tail.number.raw)))
            self.at = tail.end + 1
        else:
            tail = self.tail("]")
            if tail is None or self.alternating():
                self.separate(symbol)
            else:
                self.switch(tail)

    def switch(self, tail: Tail) -> None:
        """End a bracket that has a step."""
        bracket = self.open[-1]
        step = float(tail.number.raw)
        share = "." in tail.number.raw or step < 1
        if step < 0 or (share and step > 1):
            raise self.error(tail.number, "a share of the steps between 0 and 1, or a whole number of steps")
        if not bracket.separators:
            self.events[bracket.event + 1] = NextOption()  # [to:0.4] is [:to:0.4]
        self.end(Switch(step if share else int(step), bracket.symbol.position))
        self.at = tail.end + 1

    def separate(self, symbol: Symbol) -> None:
        """Between two options of a square bracket."""
        separators = self.open[-1].separators
        if separators and separators[0].kind != symbol.kind:
            raise self.error(
                symbol, f"'{separators[0].raw}' or ']'", hint=f"write \\{symbol.raw} for what is text"
            )
        if separators and symbol.kind == ":":
            raise self.unfinished("the step at which to switch, such as 0.4 or 10", "]")
        separators.append(symbol)
        self.events.append(NextOption())

    def alternating(self) -> bool:
        """Whether the innermost bracket has a bar."""
        separators = self.open[-1].separators
        return bool(separators) and separators[0].kind == "|"

    def top_level_colon(self, symbol: Symbol) -> None:
        """The strength of a prompt beside others; anything else is text."""
        tail = self.tail("AND") or (self.tail("end") if self.prompts else None)
        if tail is None:
            self.events.append(Words(symbol.text, symbol.position))
            return
        self.strength = float(tail.number.raw)
        if self.strength < 0:
            raise self.error(tail.number, "a strength of 0 or more", hint="use a negative prompt instead")
        self.at = tail.end

    def combine(self, symbol: Symbol) -> None:
        """AND: the next prompt begins."""
        if self.open:
            raise self.error(
                symbol,
                "AND outside of all brackets",
                f"AND within '{self.open[-1].symbol.raw}'",
                hint="AND combines whole prompts; write it in lower case where it is a word",
            )
        self.finish()

    def finish(self) -> None:
        """A prompt is complete."""
        events = tuple(event for event in self.events if event is not None)
        self.prompts.append(Prompt(self.source, events, self.strength))
        self.events, self.strength = [], 1.0

    def end(self, event: Event) -> None:
        """The innermost bracket is complete, and turns out to be this."""
        self.events[self.open.pop().event] = event
        self.events.append(End())

    def tail(self, closing: str) -> Tail | None:
        """What comes next, if it is a number and then `closing`."""
        number = self.beyond_space(self.at)
        after = self.beyond_space(number + 1)
        if after >= len(self.symbols) or not re.fullmatch(NUMBER, self.symbols[number].raw):
            return None
        found = self.symbols[after]
        kind = found.raw if found.kind == "keyword" else found.kind
        return Tail(self.symbols[number], after) if kind == closing else None

    def beyond_space(self, index: int) -> int:
        """The first symbol from an index on that is no space."""
        return index + 1 if index < len(self.symbols) and self.symbols[index].kind == "space" else index

    def unfinished(self, number: str, closing: str) -> PromptError:
        """The error of a colon that no number and closing bracket follow."""
        at = self.beyond_space(self.at)
        if re.fullmatch(NUMBER, self.symbols[at].raw):
            return self.error(self.symbols[self.beyond_space(at + 1)], f"'{closing}' after the number")
        return self.error(self.symbols[at], f"{number}, and '{closing}'", hint=COLON)

    def column(self, symbol: Symbol) -> int:
        """In its line, from 1."""
        return symbol.position - self.source.rfind("\n", 0, symbol.position)

    def error(
        self, symbol: Symbol, expected: str, got: str | None = None, hint: str | None = None
    ) -> PromptError:
        """The error at a symbol."""
        return PromptError.at(self.source, symbol.position, expected, got or str(symbol), hint)
