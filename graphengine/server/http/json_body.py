"""From the bytes of a request to JSON values, refusing what would be trouble later."""

from __future__ import annotations

import json
from typing import Any

from pydantic_core import from_json

from graphengine.errors import GraphEngineError
from graphengine.server.http.refusals import Malformed, shorten


def read_json(data: bytes) -> Any:
    """The value; raises `Malformed` for what is no JSON, is nested more than 200 deep, or repeats a name.

    Numbers are finite, and texts are whole Unicode: both can be written again.
    """
    if not data.strip():
        raise Malformed("expected a JSON body, got none", kind="json")
    try:
        value = from_json(data, allow_inf_nan=False, cache_strings="keys")
    except ValueError as error:
        raise Malformed(f"the body is no JSON: {shorten(str(error))}", kind="json") from error
    problems = _what_the_fast_parser_lets_through(data)
    if problems:
        raise Malformed(problems[0].message, kind=problems[0].kind, problems=problems)
    return value


def _what_the_fast_parser_lets_through(data: bytes) -> list[GraphEngineError]:
    """Names that come twice in an object, and numbers too large to be finite."""
    problems: list[GraphEngineError] = []

    def collect(pairs: list[tuple[str, Any]]) -> None:
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                text = f"the name '{shorten(name)}' appears twice in one JSON object"
                problems.append(GraphEngineError(text, kind="duplicate_name"))
            seen.add(name)

    def check(text: str) -> float:
        number = float(text)
        if number in (float("inf"), float("-inf")):
            problems.append(GraphEngineError(f"the number {shorten(text)} is too large", kind="json"))
        return number

    json.loads(data, object_pairs_hook=collect, parse_float=check)
    return problems
