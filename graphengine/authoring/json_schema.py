"""The JSON Schemas of literals: to a pydantic adapter, and to words.

They come from the catalogue, so the adapter is made without the Python type that the node's module declares.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Union

from pydantic import Field, JsonValue, Strict, TypeAdapter

NOUNS = {
    "integer": "an integer",
    "number": "a number",
    "string": "a string",
    "boolean": "true or false",
    "null": "null",
    "array": "a list",
    "object": "an object",
}
_CONSTRAINTS = {
    "minimum": "ge",
    "maximum": "le",
    "exclusiveMinimum": "gt",
    "exclusiveMaximum": "lt",
    "multipleOf": "multiple_of",
    "minLength": "min_length",
    "maxLength": "max_length",
    "minItems": "min_length",
    "maxItems": "max_length",
    "pattern": "pattern",
}
_SCALARS: dict[str, Any] = {"integer": int, "number": float, "string": str, "boolean": bool, "null": None}


def adapter(schema: Mapping[str, Any]) -> TypeAdapter[Any]:
    """The strict validator of a literal's schema."""
    return TypeAdapter(_annotation(schema))


def _annotation(schema: Mapping[str, Any]) -> Any:
    if "anyOf" in schema:
        return Union[tuple(_annotation(each) for each in schema["anyOf"])]  # noqa: UP007
    if "const" in schema:
        return Literal[schema["const"]]
    if "enum" in schema:
        return Literal[tuple(schema["enum"])]
    constraints = {name: schema[key] for key, name in _CONSTRAINTS.items() if key in schema}
    kind = schema.get("type")
    if kind == "array":
        return Annotated[list[_annotation(schema.get("items", {}))], Strict(), Field(**constraints)]  # type: ignore[misc]
    if kind == "object":
        values = schema.get("additionalProperties", {})
        return Annotated[dict[str, _annotation(values if isinstance(values, Mapping) else {})], Strict()]  # type: ignore[misc]
    if kind == "null":
        return None
    if kind == "number":
        return Annotated[float, Strict(), Field(allow_inf_nan=False, **constraints)]
    if kind in _SCALARS:
        return Annotated[_SCALARS[kind], Strict(), Field(**constraints)]
    return JsonValue


def alternatives(schema: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """The schema's alternatives: those of `anyOf`, else itself."""
    return tuple(schema["anyOf"]) if "anyOf" in schema else (schema,)


def options(schema: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """The values listed by `enum` or `const`, or None."""
    if "const" in schema:
        return (schema["const"],)
    return tuple(schema["enum"]) if "enum" in schema else None


def describe(schema: Mapping[str, Any]) -> str:
    """The schema in words, with its limits: `an integer from 1 to 100`."""
    return " or ".join(dict.fromkeys(_describe_one(each) for each in alternatives(schema)))


def noun(schema: Mapping[str, Any]) -> str:
    """The schema in words, without limits: `an integer`."""
    words = []
    for each in alternatives(schema):
        values = options(each)
        words.append(_listed(values) if values else NOUNS.get(each.get("type", ""), "any JSON value"))
    return " or ".join(dict.fromkeys(words))


def _listed(values: tuple[Any, ...]) -> str:
    names = ", ".join(show(value) for value in values)
    return f"one of {names}" if len(values) > 1 else names


def _describe_one(schema: Mapping[str, Any]) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        limits = f" from {show(low)} to {show(high)}"
    elif low is not None:
        limits = f" >= {show(low)}"
    elif high is not None:
        limits = f" <= {show(high)}"
    else:
        limits = ""
    if "exclusiveMinimum" in schema:
        limits += f" > {show(schema['exclusiveMinimum'])}"
    if "exclusiveMaximum" in schema:
        limits += f" < {show(schema['exclusiveMaximum'])}"
    if "multipleOf" in schema:
        limits += f", a multiple of {show(schema['multipleOf'])}"
    return noun(schema) + limits


def violation(schema: Mapping[str, Any], value: Any) -> str | None:
    """The limit that a value of the right type is beyond, in words: `an integer >= 1`."""
    word = NOUNS.get(schema.get("type", ""), "a value")
    if isinstance(value, int | float):
        if isinstance(value, float) and not math.isfinite(value):
            return "a finite number"
        if (low := schema.get("minimum")) is not None and value < low:
            return f"{word} >= {show(low)}"
        if (high := schema.get("maximum")) is not None and value > high:
            return f"{word} <= {show(high)}"
        if (low := schema.get("exclusiveMinimum")) is not None and value <= low:
            return f"{word} > {show(low)}"
        if (high := schema.get("exclusiveMaximum")) is not None and value >= high:
            return f"{word} < {show(high)}"
        if "multipleOf" in schema:
            return f"{word} that is a multiple of {show(schema['multipleOf'])}"
        return "a finite number" if schema.get("type") == "number" else None
    if isinstance(value, str | list):
        unit = "characters" if isinstance(value, str) else "items"
        suffix = "Length" if isinstance(value, str) else "Items"
        if (most := schema.get(f"max{suffix}")) is not None and len(value) > most:
            return f"{word} of at most {most} {unit}"
        if (least := schema.get(f"min{suffix}")) is not None and len(value) < least:
            return f"{word} of at least {least} {unit}"
        if isinstance(value, str) and "pattern" in schema:
            return f"{word} like {schema['pattern']}"
    return None


def fits_type(schema: Mapping[str, Any], value: Any) -> bool:
    """Whether a value is of the schema's type, whatever its limits."""
    kind = schema.get("type")
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    python = {"string": str, "boolean": bool, "array": list, "object": dict, "null": type(None)}
    return isinstance(value, python[kind]) if kind in python else True


def show(value: Any) -> str:
    """A JSON value as errors show it: strings in single quotes, long ones shortened."""
    if isinstance(value, str):
        text = f"'{value}'"
    elif value is None or isinstance(value, bool):
        text = {None: "null", True: "true", False: "false"}[value]
    elif isinstance(value, dict | list):
        import json

        text = json.dumps(value, ensure_ascii=False, default=str)
    elif isinstance(value, int | float):
        text = repr(value)
    else:
        text = type(value).__name__
    text = text.replace("\n", "\\n")
    return text if len(text) <= 80 else f"{text[:76]}...{text[-1]}"
