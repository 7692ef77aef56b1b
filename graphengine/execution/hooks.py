"""Calling the hooks of a node, `fingerprint` and `validate`, with the literals that they ask for."""

from __future__ import annotations

import inspect
import json
import secrets
from collections.abc import Callable
from typing import Any

from graphengine.authoring.catalogue import Catalogue
from graphengine.authoring.context import Context
from graphengine.errors import GraphEngineError, NodeFailed
from graphengine.execution.plan import Plan
from graphengine.graph import GraphNode

MakeContext = Callable[[str], Context]


def fingerprint(name: str, node: GraphNode, catalogue: Catalogue, make_context: MakeContext) -> str:
    """What the node's hook says, as text for the key.

    Where the hook needs an input that is linked, its value isn't known before the run: it runs each time.
    """
    hook = catalogue.definition(node.schema.type).fingerprint
    arguments = _arguments(hook, name, node, make_context) if hook else {}
    if hook is None or arguments is None:
        return secrets.token_hex(16)
    try:
        answer = hook(**arguments)
        return answer if isinstance(answer, str) else json.dumps(answer, sort_keys=True, default=repr)
    except GraphEngineError as error:
        error.locate(name, node.schema.type)
        raise
    except Exception as error:
        raise NodeFailed(
            f"node '{name}' ({node.schema.type}): fingerprint: {type(error).__name__}: {error}",
            kind="node_failed",
            node=name,
            node_type=node.schema.type,
        ) from error


def problems_of(plan: Plan, catalogue: Catalogue, make_context: MakeContext) -> list[GraphEngineError]:
    """What the `validate` hooks of the plan's nodes find; one whose inputs are linked isn't asked."""
    nodes = plan.graph.nodes
    return [
        problem
        for name in plan.order
        if nodes[name].schema.validated
        for problem in problems_of_node(name, nodes[name], catalogue, make_context)
    ]


def problems_of_node(
    name: str, node: GraphNode, catalogue: Catalogue, make_context: MakeContext
) -> list[GraphEngineError]:
    """What the `validate` hook of one node finds."""
    hook = catalogue.definition(node.schema.type).validate
    arguments = _arguments(hook, name, node, make_context) if hook else None
    if hook is None or arguments is None:
        return []
    try:
        hook(**arguments)
    except GraphEngineError as error:
        error.locate(name, node.schema.type)
        return [error]
    except ValueError as error:
        return [
            GraphEngineError(
                f"node '{name}' ({node.schema.type}): {error}",
                kind="invalid_node",
                node=name,
                node_type=node.schema.type,
            )
        ]
    return []


def _arguments(
    hook: Callable[..., Any], node_name: str, node: GraphNode, make_context: MakeContext
) -> dict[str, Any] | None:
    arguments: dict[str, Any] = {}
    many = {each.name: each for each in node.schema.many}
    for name, parameter in inspect.signature(hook).parameters.items():
        if name == "context":
            arguments[name] = make_context(node_name)
        elif name in many:
            arguments[name] = {
                key: value for key, value in node.literals.items() if node.schema.input(key) is many[name]
            }
        elif name in node.literals:
            arguments[name] = node.literals[name]
        elif parameter.default is parameter.empty:
            return None
    return arguments
