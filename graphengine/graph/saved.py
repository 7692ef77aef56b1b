"""Saved workflows used as nodes: a document is made to hold all that it needs."""

from __future__ import annotations

from collections.abc import Callable

from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.graph.document import Document

SUFFIX = ".json"


def embed_saved(document: Document, find: Callable[[str], Document | None]) -> Document:
    """The document with each saved workflow that it uses, such as `upscale.json`, as a subgraph.

    find: the workflow of that name, without `.json`. Those that the saved ones use are embedded too.
    """
    found: dict[str, Document] = {}
    waiting = [document]
    while waiting:
        current = waiting.pop()
        waiting += current.subgraphs.values()
        for name, node in current.nodes.items():
            for type in (node.type, *(value for value in node.inputs.values() if isinstance(value, str))):
                is_type = type is node.type
                if not type.endswith(SUFFIX) or type in document.subgraphs or type in current.subgraphs:
                    continue
                if type in found:
                    continue
                saved = find(type.removesuffix(SUFFIX))
                if saved is not None:
                    found[type] = saved
                    waiting.append(saved)
                elif is_type:
                    raise InvalidWorkflow([_unknown(name, type)])
    if not found:
        return document
    return document.model_copy(update={"subgraphs": {**document.subgraphs, **found}})


def _unknown(node: str, type: str) -> GraphEngineError:
    return GraphEngineError(
        f"node '{node}': there is no saved workflow '{type}'",
        kind="unknown_node",
        node=node,
        node_type=type,
        expected="the name of a saved workflow",
        got=f"'{type}'",
    )
