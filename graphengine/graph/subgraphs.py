"""Subgraphs as node types: their nodes join the graph in place of each use, as `use/node`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from graphengine.authoring.json_schema import show
from graphengine.authoring.wrong import Wrong, one_of
from graphengine.errors import GraphEngineError
from graphengine.graph.document import INPUTS, Document, DocumentNode, Mode, link_text
from graphengine.graph.suggestions import Suggestions

MOST_NODES = 1_000_000
_LEFT_OUT = object()
Scope = Mapping[str, Document]
"""The subgraphs that a node can name: its document's own, and those around it."""


class Placed(NamedTuple):
    """A node of the flat graph: with inputs as seen from there, and the subgraphs that it can name."""

    type: str
    inputs: Mapping[str, Any]
    mode: Mode
    scope: Scope


class Flattened(NamedTuple):
    """All nodes by their names in the flat graph, and what was wrong with names and uses.

    outputs: of the document, each a link or a literal. gone: uses of subgraphs that are bypassed.
    excused: inputs of nodes that are missing since a use doesn't give them, which was told there.
    """

    nodes: dict[str, Placed]
    outputs: Mapping[str, Any]
    problems: list[GraphEngineError]
    gone: list[str]
    excused: set[tuple[str, str]]


class _Use(NamedTuple):
    """A subgraph that is being put in place; `trail` are the names of those that it is in."""

    prefix: str
    document: Document
    scope: Scope
    given: Mapping[str, Any]
    mode: Mode
    trail: tuple[str, ...]


def flatten(
    nodes: Mapping[str, DocumentNode], outputs: Mapping[str, str], scope: Scope, suggestions: Suggestions
) -> Flattened:
    """Put every subgraph in its place; no recursion, so that nesting has no limit but the number of nodes."""
    links = {name: {"from": source} for name, source in outputs.items()}
    if scope and any(node.type in scope for node in nodes.values()):
        return _Flattening(suggestions).run(nodes, links, scope)
    problems = [_bad_name(name, node.type) for name, node in nodes.items() if not _is_name(name)]
    placed = {name: Placed(node.type, node.inputs, node.mode, scope) for name, node in nodes.items()}
    return Flattened(placed, links, problems, [], set())


class _Flattening:
    def __init__(self, suggestions: Suggestions) -> None:
        self._suggestions = suggestions
        self._nodes: dict[str, Placed] = {}
        self._outputs: dict[str, dict[str, Any]] = {}
        self._problems: list[GraphEngineError] = []
        self._gone: list[str] = []
        self._excused: set[tuple[str, str]] = set()

    def run(self, nodes: Mapping[str, DocumentNode], outputs: Mapping[str, Any], scope: Scope) -> Flattened:
        top = _Use("", Document.model_construct(nodes=nodes), scope, {}, "run", ())
        stack = [(top, iter(nodes.items()))]
        while stack:
            use, left = stack[-1]
            for name, node in left:
                if len(self._nodes) > MOST_NODES:
                    raise _too_many()
                inner = self._place(use, name, node)
                if inner is not None:
                    stack.append((inner, iter(inner.document.nodes.items())))
                    break
            else:
                stack.pop()
        placed = {
            name: node._replace(inputs=self._rewritten(node.inputs)) for name, node in self._nodes.items()
        }
        return Flattened(placed, self._rewritten(outputs), self._problems, self._gone, self._excused)

    def _place(self, use: _Use, name: str, node: DocumentNode) -> _Use | None:
        """Add one node; the subgraph to go on with, if it is a use of one."""
        full = f"{use.prefix}{name}"
        if not _is_name(name):
            self._problems.append(_bad_name(name, node.type))
        inputs = self._inputs(use, name, node)
        mode = "mute" if use.mode == "mute" else node.mode
        if node.type not in use.scope:
            self._nodes[full] = Placed(node.type, inputs, mode, use.scope)
            return None
        document = use.scope[node.type]
        if node.type in use.trail:
            self._problems.append(_recursive(full, node.type, use.trail))
            self._outputs[full] = {}
            return None
        self._check_given(full, node.type, document, inputs)
        outputs = {output: _prefixed(full, source) for output, source in document.outputs.items()}
        if mode == "bypass":
            outputs = {output: _passed(document, output, inputs) for output in document.outputs}
            self._gone.append(full)
        inner = _Use(
            f"{full}/", document, {**use.scope, **document.subgraphs}, inputs, mode, (*use.trail, node.type)
        )
        self._outputs[full] = {
            output: self._value(inner, source[len(f"{full}/{INPUTS}.") :])
            if isinstance(source, str) and source.startswith(f"{full}/{INPUTS}.")
            else ({"from": source} if isinstance(source, str) else source)
            for output, source in outputs.items()
        }
        return None if mode == "bypass" else inner

    def _inputs(self, use: _Use, name: str, node: DocumentNode) -> dict[str, Any]:
        """A node's inputs as seen from the flat graph; the use's parameters take the place of literals."""
        found = {}
        for input, value in node.inputs.items():
            text = link_text(value)
            if use.prefix and text is not None:
                if text.startswith(f"{INPUTS}."):
                    value = self._value(use, text[len(INPUTS) + 1 :])
                else:
                    value = {"from": use.prefix + text}
            if value is not _LEFT_OUT:
                found[input] = value
            else:
                self._excused.add((f"{use.prefix}{name}", input))
        if use.prefix:
            for parameter, place in use.document.parameters.items():
                if parameter in use.given and parameter not in use.document.inputs:
                    target, _, input = place.partition(".")
                    if target == name:
                        found[input] = use.given[parameter]
        return found

    @staticmethod
    def _value(use: _Use, input: str) -> Any:
        """What a use gives for an input of its subgraph: a link or literal of the flat graph."""
        if input in use.given:
            return use.given[input]
        declared = use.document.inputs.get(input)
        return _LEFT_OUT if declared is None or declared.required else declared.default

    def _check_given(self, name: str, type: str, document: Document, given: Mapping[str, Any]) -> None:
        known = [*document.inputs, *(each for each in document.parameters if each not in document.inputs)]
        for input in given:
            if input not in known:
                expected = one_of(known) if known else "no input"
                wrong = Wrong("unknown_input", expected, show(input), self._suggestions.nearest(input, known))
                self._problems.append(wrong.at(name, type, input))
        for input, declared in document.inputs.items():
            if declared.required and input not in given:
                self._problems.append(Wrong("missing_input", declared.type, "nothing").at(name, type, input))

    def _rewritten(self, inputs: Mapping[str, Any]) -> Mapping[str, Any]:
        """Inputs whose links to uses lead to what their outputs come from."""
        found = {}
        for input, value in inputs.items():
            text = link_text(value)
            seen = 0
            while text is not None and seen <= len(self._outputs):
                node, _, output = text.partition(".")
                outputs = self._outputs.get(node)
                if outputs is None or output not in outputs:
                    break
                value = outputs[output]
                text = link_text(value)
                seen += 1
            if value is not _LEFT_OUT:
                found[input] = value
        return found


def _is_name(name: str) -> bool:
    return bool(name) and "." not in name and "/" not in name and name != INPUTS


def _bad_name(name: str, type: str) -> GraphEngineError:
    expected = "a name without dots and slashes" if name else "a name"
    if name == INPUTS:
        expected = f"a name other than '{INPUTS}', which links use for what a subgraph takes"
    better = name.replace(".", "_").replace("/", "_")
    hint = f"call it '{better}'" if better != name else None
    return Wrong("bad_name", expected, show(name), hint).at(name, type, None)


def _prefixed(use: str, source: str) -> str:
    return f"{use}/{source}"


def _passed(document: Document, output: str, given: Mapping[str, Any]) -> Any:
    """What a bypassed use gives: its input of the same name, else the one of the only type that all have."""
    if output in given:
        return given[output]
    declared = [name for name in document.inputs if name in given and link_text(given[name]) is not None]
    return given[declared[0]] if len(declared) == 1 and len(document.outputs) == 1 else _LEFT_OUT


def _recursive(name: str, type: str, trail: Iterable[str]) -> GraphEngineError:
    path = " -> ".join((*trail, type))
    return GraphEngineError(
        f"node '{name}': the subgraph '{type}' contains itself: {path}; use a loop such as repeat or while",
        kind="recursive_subgraph",
        node=name,
        node_type=type,
        expected="a subgraph that doesn't contain itself",
        got=path,
        hint="use a loop such as repeat or while",
    )


def _too_many() -> GraphEngineError:
    return GraphEngineError(
        f"the subgraphs come to more than {MOST_NODES:,} nodes",
        kind="too_many_nodes",
        expected=f"at most {MOST_NODES:,} nodes",
    )
