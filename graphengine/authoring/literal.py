"""Literals against an input's schema: convert what a document holds, read what was typed as text."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from graphengine.authoring.json_schema import alternatives, fits_type, noun, options, show, violation
from graphengine.authoring.schema import InputSchema
from graphengine.authoring.wrong import LiteralError, Wrong, some_of
from graphengine.nearest import did_you_mean, nearest


def convert(schema: InputSchema, value: Any) -> Any:
    """The literal as the node gets it (an integer for a float becomes one); raises `LiteralError`."""
    adapter = schema.adapter
    if adapter is None:
        if value is None and schema.nullable:
            return None
        raise LiteralError(Wrong("wrong_type", f"a link to {schema.display}", show(value)))
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        raise LiteralError(_explain(schema, value)) from error


def wrong_literal(schema: InputSchema, value: Any) -> Wrong | None:
    """Why the literal doesn't fit, or None if it does."""
    try:
        convert(schema, value)
    except LiteralError as error:
        return error.wrong
    return None


def _explain(schema: InputSchema, value: Any) -> Wrong:
    literal = schema.literal or {}
    choices = alternatives(literal)
    for each in choices:
        listed = options(each)
        if listed is None and fits_type(each, value) and (limit := violation(each, value)):
            return Wrong("out_of_range", limit, show(value))
    listed = tuple(option for each in choices for option in options(each) or ())
    if listed and isinstance(value, str):
        names = [option for option in listed if isinstance(option, str)]
        near = nearest(value, names)
        others = [noun(each) for each in choices if options(each) is None]
        expected = noun(literal) if len(names) < len(listed) else " or ".join([some_of(names, near), *others])
        return Wrong("not_a_choice", expected, show(value), did_you_mean(value, near))
    if isinstance(value, list) and (item := _wrong_item(choices, value)):
        return item
    hint = None
    if isinstance(value, str) and any(
        each.get("type") in ("integer", "number", "boolean") for each in choices
    ):
        parsed = _json_or_none(value)
        if parsed is not None and any(fits_type(each, parsed) for each in choices):
            hint = f"write {value} without quotes"
    return Wrong("wrong_type", noun(literal), show(value), hint)


def _wrong_item(choices: tuple[Any, ...], values: list[Any]) -> Wrong | None:
    lists = [each["items"] for each in choices if each.get("type") == "array" and each.get("items")]
    for items in lists:
        part = InputSchema("item", ("Any",), literal=items)
        for index, value in enumerate(values):
            if wrong := wrong_literal(part, value):
                return Wrong(
                    wrong.kind, f"{wrong.expected} at place {index} of the list", wrong.got, wrong.hint
                )
    return None


def _json_or_none(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


_WORDS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def parse_text(
    schema: InputSchema, text: str, *, node: str | None = None, node_type: str | None = None
) -> Any:
    """The value that a person meant by this text, such as an argument of the command line.

    A string input takes the text as it is; the others read it as JSON, and true or false also as yes or no.
    """
    choices = alternatives(schema.literal or {})
    value: Any = text
    if not any(each.get("type") == "string" or text in (options(each) or ()) for each in choices):
        value = _parse(choices, text)
    elif len(choices) > 1:
        parsed = _parse(tuple(each for each in choices if each.get("type") != "string"), text)
        value = parsed if not isinstance(parsed, str) else text
    try:
        return convert(schema, value)
    except LiteralError as error:
        wrong = error.wrong
        if isinstance(value, str) and wrong.hint and wrong.hint.endswith("without quotes"):
            wrong = Wrong(wrong.kind, wrong.expected, wrong.got)
        raise wrong.at(node, node_type, schema.name) from error


def _parse(choices: tuple[Any, ...], text: str) -> Any:
    stripped = text.strip()
    if any(each.get("type") == "boolean" for each in choices) and stripped.lower() in _WORDS:
        return _WORDS[stripped.lower()]
    try:
        parsed = json.loads(stripped)
    except (ValueError, RecursionError):
        parsed = _number_or_text(stripped, text)
    known = any(each.get("type") or options(each) for each in choices)
    if not known:  # any JSON value: what isn't JSON is text
        return parsed
    return (
        parsed
        if any(parsed in (options(each) or ()) or fits_type(each, parsed) for each in choices)
        else text
    )


def _number_or_text(stripped: str, text: str) -> Any:
    for kind in (int, float):  # what Python reads and JSON doesn't: +7, .5, 007
        try:
            return kind(stripped)
        except ValueError:
            continue
    return text
