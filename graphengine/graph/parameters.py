"""A workflow as a function: its named parameters, and setting inputs from outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphengine.authoring.catalogue import Catalogue
from graphengine.authoring.json_schema import show
from graphengine.authoring.schema import InputSchema, NodeSchema
from graphengine.authoring.wrong import one_of
from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.graph.document import INPUTS, Document, link_text
from graphengine.graph.suggestions import Suggestions


def apply(
    document: Document,
    parameters: Mapping[str, Any] | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Document:
    """The document with these values: `parameters` by their names, `settings` by `node.input`, which win.

    A value takes the place of a literal or a link. Raises `InvalidWorkflow` for names that don't exist;
    whether the values fit is checked by `build`.
    """
    suggestions = Suggestions()
    problems: list[GraphEngineError] = []
    values: dict[str, Any] = {}
    for name, value in (parameters or {}).items():
        if name in document.parameters:
            values[document.parameters[name]] = value
        else:
            problems.append(_unknown_parameter(document, name, suggestions))
    values |= settings or {}
    inputs: dict[str, dict[str, Any]] = {}
    for place, value in values.items():
        node, dot, input = place.partition(".")
        if node not in document.nodes or not dot:
            problems.append(_no_such_node(document, place, suggestions))
            continue
        inputs.setdefault(node, dict(document.nodes[node].inputs))[input] = value
    if problems:
        raise InvalidWorkflow(problems)
    if not inputs:
        return document
    changed = {name: document.nodes[name].model_copy(update={"inputs": new}) for name, new in inputs.items()}
    return document.model_copy(update={"nodes": {**document.nodes, **changed}})


def input_at(document: Document, catalogue: Catalogue, place: str) -> InputSchema:
    """The schema of the input that `node.input` names; raises `GraphEngineError` if there is none."""
    found = _find(document, catalogue, place, Suggestions())
    if isinstance(found, GraphEngineError):
        raise found
    if found is None:
        node = place.partition(".")[0]
        raise GraphEngineError(
            f"node '{node}': expected a known node type, got {show(document.nodes[node].type)}",
            kind="unknown_node",
            node=node,
        )
    return found


def parameter_inputs(document: Document, catalogue: Catalogue) -> dict[str, InputSchema]:
    """The input behind each of the workflow's parameters; those that point nowhere are left out."""
    found = {}
    for name, place in document.parameters.items():
        input = _find(document, catalogue, place, Suggestions())
        if isinstance(input, InputSchema):
            found[name] = input
    return found


def parameter_problems(
    document: Document, catalogue: Catalogue, suggestions: Suggestions
) -> list[GraphEngineError]:
    """The parameters that point nowhere, or to an input that only a link can fill."""
    problems = []
    for name, place in document.parameters.items():
        found = _find(document, catalogue, place, suggestions)
        if isinstance(found, InputSchema) and found.literal is None:
            problems.append(
                _problem(
                    f"parameter '{name}'",
                    "parameter",
                    "an input that takes a value",
                    f"'{place}', which is {found.display}",
                )
            )
        elif isinstance(found, GraphEngineError):
            problems.append(
                _problem(
                    f"parameter '{name}'", "parameter", found.expected or "", found.got or "", found.hint
                )
            )
    return problems


def _find(
    document: Document, catalogue: Catalogue, place: str, suggestions: Suggestions
) -> InputSchema | GraphEngineError | None:
    node, dot, name = place.partition(".")
    if node not in document.nodes or not dot:
        return _no_such_node(document, place, suggestions)
    known = input_names(document, catalogue, node)
    found = _input_of(document, catalogue, node, name)
    if found is not None or known is None:
        return found
    expected = one_of([f"{node}.{each}" for each in known]) if known else f"an input, and '{node}' has none"
    return _unknown(place, expected, suggestions.nearest_end(place, known))


def input_names(document: Document, catalogue: Catalogue, node: str) -> list[str] | None:
    """The inputs of a node, which may be a use of a subgraph; None if its type isn't known."""
    type = document.nodes[node].type
    subgraph = document.subgraphs.get(type)
    if subgraph is not None:
        return list(dict.fromkeys((*subgraph.inputs, *subgraph.parameters)))
    schema = catalogue.get(type)
    return None if schema is None else list(schema.inputs_by_name)


def _input_of(document: Document, catalogue: Catalogue, node: str, name: str) -> InputSchema | None:
    """The schema of an input; for one of a subgraph or a body, that of the first input inside it goes to."""
    found: InputSchema | None = None
    seen = 0
    while seen <= len(document.subgraphs) + 1:
        type = document.nodes[node].type
        subgraph = document.subgraphs.get(type)
        if subgraph is None:
            schema = catalogue.get(type)
            found = None if schema is None else schema.input(name)
            if schema is None or found is None or found.many != "named":
                return found
            subgraph = _body_with(document, schema, node, name)
        inside = None if subgraph is None else _inside(subgraph, name)
        if subgraph is None or inside is None:
            return found
        inner = {**document.subgraphs, **subgraph.subgraphs}
        document = subgraph.model_copy(update={"subgraphs": inner})
        node, _, name = inside.partition(".")
        if node not in document.nodes:
            return None
        seen += 1
    return None


def _body_with(document: Document, schema: NodeSchema, node: str, name: str) -> Document | None:
    """The first body of a node that takes something of that name."""
    for input in schema.inputs:
        body = document.nodes[node].inputs.get(input.name) if input.gets is not None else None
        subgraph = document.subgraphs.get(body) if isinstance(body, str) else None
        if subgraph is not None and (name in subgraph.inputs or name in subgraph.parameters):
            return subgraph
    return None


def _inside(subgraph: Document, name: str) -> str | None:
    """Where what a subgraph takes under that name goes, as `node.input`."""
    if name in subgraph.inputs:
        for node, each in subgraph.nodes.items():
            for input, value in each.inputs.items():
                if link_text(value) == f"{INPUTS}.{name}":
                    return f"{node}.{input}"
        return None
    return subgraph.parameters.get(name)


def _no_such_node(document: Document, place: str, suggestions: Suggestions) -> GraphEngineError:
    if "." not in place:
        return _unknown(place, "an input, written 'node.input'", None)
    hint = suggestions.nearest_node(place, document.nodes)
    return _unknown(place, "an input of a node of this workflow", hint)


def _unknown(place: str, expected: str, hint: str | None) -> GraphEngineError:
    return _problem(f"setting '{place}'", "unknown_input", expected, show(place), hint)


def _unknown_parameter(document: Document, name: str, suggestions: Suggestions) -> GraphEngineError:
    known = list(document.parameters)
    expected = one_of(known) if known else "none, since this workflow has no parameters"
    hint = suggestions.nearest(name, known)
    return _problem(f"parameter '{name}'", "unknown_parameter", expected, show(name), hint)


def _problem(subject: str, kind: str, expected: str, got: str, hint: str | None = None) -> GraphEngineError:
    text = f"{subject}: expected {expected}, got {got}" + (f"; {hint}" if hint else "")
    return GraphEngineError(text, kind=kind, expected=expected, got=got, hint=hint)
