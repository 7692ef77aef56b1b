"""Calling one node: its arguments checked, its result in a tuple, its exceptions made errors to show."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

from graphengine.authoring.json_schema import show
from graphengine.authoring.literal import convert
from graphengine.authoring.schema import ANY, NOTHING, InputSchema
from graphengine.authoring.wrong import LiteralError, Wrong
from graphengine.errors import GraphEngineError, NodeFailed, OutOfMemory
from graphengine.graph import GraphNode

_JSON = (bool, int, float, str, list, dict)
_CONTAINERS = (list, dict)


def check_linked(node: GraphNode, input: InputSchema, value: Any) -> Any:
    """A value that a link brought, against the input's limits, which no type of an output can promise."""
    if value is None:
        if input.nullable:
            return None
        raise Wrong("wrong_type", input.display, "None").at(node.name, node.schema.type, input.name)
    if input.literal is None or not isinstance(value, _JSON) or any(ANY in name for name in input.types):
        return value
    try:
        return convert(input, value)
    except LiteralError as error:
        wrong = error.wrong
        link = node.links[input.name]
        at_link = Wrong(wrong.kind, wrong.expected, f"{wrong.got} from '{link}'", wrong.hint)
        raise at_link.at(node.name, node.schema.type, input.name) from error


def own_literals(literals: Mapping[str, Any]) -> dict[str, Any]:
    """The literals as arguments; lists and objects copied, so that a node can't change the graph."""
    return {
        name: copy.deepcopy(value) if isinstance(value, _CONTAINERS) else value
        for name, value in literals.items()
    }


def call(node: GraphNode, function: Callable[..., Any], arguments: dict[str, Any]) -> tuple[Any, ...]:
    """Run the node; a value per output. All that it raises becomes a `GraphEngineError`."""
    schema = node.schema
    try:
        result = function(**arguments)
    except GraphEngineError as error:
        error.locate(node.name, schema.type)
        raise
    except Exception as error:
        raise _failure(node, error) from error
    count = len(schema.outputs)
    if count == 0:
        return ()
    if count == 1 and not hasattr(result, "_fields"):
        values: tuple[Any, ...] = (result,)
    elif isinstance(result, tuple) and len(result) == count:
        values = tuple(result)
    else:
        names = ", ".join(output.name for output in schema.outputs)
        raise _wrong_result(node, f"a tuple of {names}", type(result).__name__)
    for value, output in zip(values, schema.outputs, strict=True):
        if value is None and not _may_be_none(output.types):
            raise _wrong_result(node, f"{output.display} for its output '{output.name}'", show(None))
    return values


def _may_be_none(types: tuple[str, ...]) -> bool:
    return NOTHING in types or ANY in types


def _wrong_result(node: GraphNode, expected: str, got: str) -> NodeFailed:
    return NodeFailed(
        f"node '{node.name}' ({node.schema.type}): expected it to return {expected}, got {got}",
        kind="wrong_result",
        node=node.name,
        node_type=node.schema.type,
        expected=expected,
        got=got,
    )


def _failure(node: GraphNode, error: Exception) -> GraphEngineError:
    name = type(error).__name__
    text = " ".join(str(error).split())
    if isinstance(error, MemoryError) or name == "OutOfMemoryError":
        hint = "make the picture or the batch smaller"
        return OutOfMemory(
            f"node '{node.name}' ({node.schema.type}): out of memory"
            + (f": {text}" if text else "")
            + f"; {hint}",
            kind="out_of_memory",
            node=node.name,
            node_type=node.schema.type,
            hint=hint,
        )
    plain = isinstance(error, ValueError) and bool(text)
    return NodeFailed(
        f"node '{node.name}' ({node.schema.type}): {text if plain else f'{name}: {text}' if text else name}",
        kind="node_failed",
        node=node.name,
        node_type=node.schema.type,
    )
