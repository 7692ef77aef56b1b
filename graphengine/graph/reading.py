"""From a file, text or decoded JSON to a document; whatever is unreadable is told as people need it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from graphengine.authoring.json_schema import show
from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.graph.collector import collector_paused
from graphengine.graph.document import Document, DocumentNode
from graphengine.graph.migrations import migrate
from graphengine.nearest import did_you_mean


def load(source: Path | str | Mapping[str, Any]) -> Document:
    """Read a workflow from a file, from JSON text (what begins with a brace), or from decoded JSON.

    Older formats are migrated. Raises `InvalidWorkflow` with all that is wrong with the document's form;
    whether its nodes fit together is checked by `build`.
    """
    if isinstance(source, Mapping):
        return _document(dict(source), [])
    if isinstance(source, str) and source.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return parse(source)
    path = Path(source)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(f"{path} is no JSON text: byte {error.start} isn't UTF-8") from error
    except FileNotFoundError as error:
        raise _unreadable(f"there is no file {path}", kind="no_file") from error
    except (OSError, ValueError) as error:
        detail = error.strerror if isinstance(error, OSError) else str(error)
        raise _unreadable(f"{path} can't be read: {detail}") from error
    return parse(text, name=str(path))


def parse(text: str, name: str = "the document") -> Document:
    """Read a workflow from JSON text; `name` is how errors call it."""
    repeated: list[tuple[str, Any]] = []

    def collect(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            seen: set[str] = set()
            for key, value in pairs:
                if key in seen:
                    repeated.append((key, value))
                seen.add(key)
        return found

    def refuse(constant: str) -> None:
        raise _unreadable(f"{name} is no JSON: {constant} is no JSON number")

    try:
        data = json.loads(text.lstrip("\ufeff"), object_pairs_hook=collect, parse_constant=refuse)
    except json.JSONDecodeError as error:
        what = f"{error.msg[:1].lower()}{error.msg[1:]}"
        raise _unreadable(
            f"{name} is no JSON: {what} at line {error.lineno}, column {error.colno}"
        ) from error
    except RecursionError as error:
        raise _unreadable(f"{name} is nested too deeply to be a workflow") from error
    except ValueError as error:  # a number with more digits than Python reads
        raise _unreadable(f"{name} can't be read: {error}") from error
    return _document(data, [_repeated(key, value) for key, value in repeated])


def _document(data: Any, problems: list[GraphEngineError]) -> Document:
    if not isinstance(data, dict):
        raise InvalidWorkflow(
            [_problem(f"expected an object, got {show(data)}", expected="an object", got=show(data))]
        )
    data = migrate(data)
    try:
        with collector_paused():
            document = Document.model_validate(data)
    except ValidationError as error:
        raise InvalidWorkflow([*problems, *(_explain(each) for each in error.errors())]) from error
    except RecursionError as error:
        raise _unreadable("the document is nested too deeply to be a workflow") from error
    if problems:
        raise InvalidWorkflow(problems)
    return document


def _repeated(key: str, value: Any) -> GraphEngineError:
    if isinstance(value, dict) and "type" in value:
        return _problem(f"two nodes are named '{key}'", kind="duplicate_name", node=key)
    return _problem(f"the name '{key}' appears twice in one JSON object", kind="duplicate_name")


_EXPECTED = {
    "string_type": "a string",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
    "missing": "a value",
    "literal_error": "'graphengine/1'",
}


def _explain(error: Any) -> GraphEngineError:
    location = [str(part) for part in error["loc"]]
    node = location[1] if len(location) > 1 and location[0] == "nodes" else None
    place = _place(location)
    if error["type"] == "extra_forbidden":
        fields = DocumentNode.model_fields if node else Document.model_fields
        hint = did_you_mean(location[-1], fields)
        listed = ", ".join(f"'{field}'" for field in fields)
        text = f"{place}: expected one of {listed}, got '{location[-1]}'" + (f"; {hint}" if hint else "")
        return _problem(text, node=node, expected=f"one of {listed}", got=f"'{location[-1]}'", hint=hint)
    expected = _EXPECTED.get(error["type"], "a JSON value")
    got = "nothing" if error["type"] == "missing" else show(error["input"])
    return _problem(f"{place}: expected {expected}, got {got}", node=node, expected=expected, got=got)


def _place(location: list[str]) -> str:
    if not location:  # a name that is no Unicode
        return "document"
    if location[0] == "nodes" and len(location) > 1:
        if len(location) > 3 and location[2] == "inputs":
            return f"node '{location[1]}', input '{location[3]}'"
        return f"node '{location[1]}'" + (f", '{location[2]}'" if len(location) > 2 else "")
    return f"document, '{'.'.join(location[:2])}'"


def _problem(message: str, *, kind: str = "document", **facts: str | None) -> GraphEngineError:
    return GraphEngineError(message, kind=kind, **facts)


def _unreadable(message: str, kind: str = "unreadable") -> InvalidWorkflow:
    return InvalidWorkflow([_problem(message, kind=kind)])
