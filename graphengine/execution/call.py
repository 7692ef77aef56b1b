"""Calling one node: its result in a tuple, its exceptions made errors to show."""

from __future__ import annotations

from typing import Any

from graphengine.authoring.blocked import Blocked
from graphengine.authoring.expansion import Expansion
from graphengine.authoring.json_schema import show
from graphengine.authoring.lazy import Lazy
from graphengine.authoring.schema import ANY, NOTHING
from graphengine.errors import GraphEngineError, NodeFailed, OutOfMemory
from graphengine.execution.prepared import Prepared
from graphengine.graph import GraphNode


def call(
    name: str, node: GraphNode, prepared: Prepared, arguments: dict[str, Any]
) -> tuple[Any, ...] | Expansion:
    """Run the node; a value per output, or what to run in its place. What it raises becomes an error."""
    try:
        result = prepared.call(arguments)
    except GraphEngineError as error:
        error.locate(name, node.schema.type)
        raise
    except (Exception, SystemExit) as error:
        raise failure(name, node, error) from error
    return results(name, node, result)


async def call_async(
    name: str, node: GraphNode, prepared: Prepared, arguments: dict[str, Any]
) -> tuple[Any, ...] | Expansion:
    """The same for an async node."""
    try:
        result = await prepared.call(arguments)
    except GraphEngineError as error:
        error.locate(name, node.schema.type)
        raise
    except (Exception, SystemExit) as error:
        raise failure(name, node, error) from error
    return results(name, node, result)


def results(name: str, node: GraphNode, result: Any) -> tuple[Any, ...] | Expansion:
    """What a node returned, a value per output, checked as far as that is cheap."""
    outputs = node.outputs
    if isinstance(result, Expansion):
        if not node.schema.expands:
            raise _wrong_result(name, node, f"{_names(node)}, as its return annotation says", "an Expansion")
        return result
    count = len(outputs)
    if count == 0:
        return ()
    if isinstance(result, Blocked):
        return (result,) * count
    if count == 1 and not hasattr(result, "_fields"):
        values: tuple[Any, ...] = (result,)
    elif isinstance(result, tuple) and len(result) == count:
        values = tuple(result)
    else:
        raise _wrong_result(name, node, f"a tuple of {_names(node)}", type(result).__name__)
    for value, output in zip(values, outputs, strict=True):
        if value is None:
            if not (NOTHING in output.types or ANY in output.types):
                raise _wrong_result(
                    name, node, f"{output.display} for its output '{output.name}'", show(None)
                )
        elif isinstance(value, Lazy) and not node.schema.lazy:
            raise _wrong_result(name, node, f"{output.display} for its output '{output.name}'", "a Lazy")
    return values


def _names(node: GraphNode) -> str:
    return ", ".join(output.name for output in node.outputs) or "nothing"


def _wrong_result(name: str, node: GraphNode, expected: str, got: str) -> NodeFailed:
    return NodeFailed(
        f"node '{name}' ({node.schema.type}): expected it to return {expected}, got {got}",
        kind="wrong_result",
        node=name,
        node_type=node.schema.type,
        expected=expected,
        got=got,
    )


def failure(name: str, node: GraphNode, error: BaseException) -> GraphEngineError:
    """The error to show for what a node raised."""
    kind = type(error).__name__
    text = " ".join(str(error).split())
    if isinstance(error, MemoryError) or kind == "OutOfMemoryError":
        hint = "make the picture or the batch smaller"
        return OutOfMemory(
            f"node '{name}' ({node.schema.type}): out of memory"
            + (f": {text}" if text else "")
            + f"; {hint}",
            kind="out_of_memory",
            node=name,
            node_type=node.schema.type,
            hint=hint,
        )
    plain = isinstance(error, ValueError) and bool(text)
    return NodeFailed(
        f"node '{name}' ({node.schema.type}): {text if plain else f'{kind}: {text}' if text else kind}",
        kind="node_failed",
        node=name,
        node_type=node.schema.type,
    )
