"""Numbers and texts for loops and branches that are written in a document."""

import math
import string
from typing import Annotated, NamedTuple

from graphengine.nodes.expression import compute, parse

from graphengine.authoring import Field, Widget, node
from graphengine.authoring.wrong import Wrong, one_of
from graphengine.errors import GraphEngineError
from graphengine.nearest import did_you_mean


class Calculated(NamedTuple):
    """A result.

    number: with what comes after the point.
    integer: without that.
    boolean: whether it is true, or not 0.
    """

    number: float
    integer: int
    boolean: bool


def check_expression(expression: str) -> None:
    """See that it can be read."""
    parse(expression)


@node(category="logic", validate=check_expression)
def calculate(
    expression: Annotated[str, Field(min_length=1, max_length=1000)], **values: int | float | bool
) -> Calculated:
    """Compute with numbers, and compare them.

    expression: such as `(a + 1) % 4 == 0` or `max(a, b) if c else 0`. There are + - * / // % **, comparisons,
    and, or, not, if and else, and the functions abs, ceil, floor, max, min, round and sqrt.
    values: the numbers, each under the name that the expression calls it by.
    """
    result = compute(parse(expression), values)
    try:
        number = float(result)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        got = "one that is too large" if math.isinf(number) else "none"
        raise Wrong("bad_expression", "a number as the result", got).at(None, None, "expression")
    return Calculated(number, int(result), bool(result))


def check_template(template: str) -> None:
    """See that its braces are in pairs and hold nothing but names."""
    _fields(template)


@node(category="logic", validate=check_template)
def format_text(
    template: Annotated[str, Field(max_length=100_000), Widget("multiline")], **values: str | int | float
) -> str:
    """Put values into a text.

    template: such as `a {colour} circle, {count} times`; {{ and }} stand for single braces.
    values: what to put in, each under its name.
    """
    parts = []
    for text, name in _fields(template):
        parts.append(text)
        if name is None:
            continue
        if name not in values:
            expected = one_of(tuple(values)) if values else "a name of an input, and no value is wired"
            raise _wrong_template(expected, f"'{{{name}}}'", did_you_mean(name, values))
        parts.append(str(values[name]))
    return "".join(parts)


def _fields(template: str) -> list[tuple[str, str | None]]:
    """The texts of a template, each with the name of the field behind it."""
    try:
        parsed = list(string.Formatter().parse(template))
    except ValueError as error:
        hint = "write {{ and }} for single braces"
        raise _wrong_template("names in braces, such as {colour}", str(error), hint) from error
    for _, name, form, conversion in parsed:
        if name is not None and (form or conversion or not name.isidentifier()):
            written = name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
            raise _wrong_template("nothing but a name in braces, such as {colour}", f"'{{{written}}}'")
    return [(text, name) for text, name, _, _ in parsed]


def _wrong_template(expected: str, got: str, hint: str | None = None) -> GraphEngineError:
    return Wrong("bad_template", expected, got, hint).at(None, None, "template")
