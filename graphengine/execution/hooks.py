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


def fingerprint(node: GraphNode, catalogue: Catalogue, make_context: MakeContext) -> str:
    """What the node's hook says, as text for the key.

    Where the hook needs an input that is linked, its value isn't known before the run: it runs each time.
    """
    hook = catalogue.definition(node.schema.type).fingerprint
    arguments = _arguments(hook, node, make_context) if hook else {}
    if hook is None or arguments is None:
        return secrets.token_hex(16)
    try:
        answer = hook(**arguments)
        return answer if isinstance(answer, str) else json.dumps(answer, sort_keys=True, default=repr)
    except GraphEngineError as error:
        error.locate(node.name, node.schema.type)
        raise
    except Exception as error:
        raise NodeFailed(
            f"node '{node.name}' ({node.schema.type}): fingerprint: {type(error).__name__}: {error}",
            kind="node_failed",
            node=node.name,
            node_type=node.schema.type,
        ) from error


def problems_of(plan: Plan, catalogue: Catalogue, make_context: MakeContext) -> list[GraphEngineError]:
    """What the `validate` hooks of the plan's nodes find; one whose inputs are linked isn't asked."""
    problems: list[GraphEngineError] = []
    for name in plan.order:
        node = plan.graph.nodes[name]
        if not node.schema.validated:
            continue
        hook = catalogue.definition(node.schema.type).validate
        arguments = _arguments(hook, node, make_context) if hook else None
        if hook is None or arguments is None:
            continue
        try:
            hook(**arguments)
        except GraphEngineError as error:
            error.locate(name, node.schema.type)
            problems.append(error)
        except ValueError as error:
            problems.append(
                GraphEngineError(
                    f"node '{name}' ({node.schema.type}): {error}",
                    kind="invalid_node",
                    node=name,
                    node_type=node.schema.type,
                )
            )
    return problems


def _arguments(hook: Callable[..., Any], node: GraphNode, make_context: MakeContext) -> dict[str, Any] | None:
    arguments: dict[str, Any] = {}
    for name, parameter in inspect.signature(hook).parameters.items():
        if name == "context":
            arguments[name] = make_context(node.name)
        elif name in node.literals:
            arguments[name] = node.literals[name]
        elif parameter.default is parameter.empty:
            return None
    return arguments
