"""What pydantic finds wrong with a request, in the words that all other errors have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from graphengine.authoring.json_schema import show
from graphengine.errors import GraphEngineError
from graphengine.nearest import did_you_mean
from graphengine.server.http.refusals import shorten

_PLACES = {"path": "path", "query": "query", "headers": "header", "body": "body"}


def problems_of(error: ValidationError, place: str, known: Sequence[str]) -> list[GraphEngineError]:
    """One problem per thing that is wrong; known: the names that there are."""
    return [_problem(dict(each), place, known) for each in error.errors(include_url=False)]


def _problem(found: dict[str, Any], place: str, known: Sequence[str]) -> GraphEngineError:
    name = ".".join(shorten(str(part), 40) for part in found["loc"])
    where = f"{_PLACES[place]} '{name}'" if name else _PLACES[place]
    if found["type"] == "missing":
        return GraphEngineError(
            f"{where}: expected a value, got nothing", kind="missing", expected="a value", got="nothing"
        )
    if found["type"] == "extra_forbidden":
        listed = ", ".join(f"'{each}'" for each in known) or "none"
        hint = did_you_mean(name, known)
        return GraphEngineError(
            f"{where} isn't known; there are: {listed}" + (f"; {hint}" if hint else ""),
            kind="unknown_name",
            expected=listed,
            got=name,
            hint=hint,
        )
    expected = found["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
    got = shorten(show(found["input"]), 80)
    return GraphEngineError(
        f"{where}: expected {expected}, got {got}", kind=found["type"], expected=expected, got=got
    )
