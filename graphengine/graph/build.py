"""From a document to the graph that it means, with every problem found at once."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from graphengine.authoring.catalogue import Catalogue
from graphengine.authoring.json_schema import describe, show
from graphengine.authoring.literal import convert
from graphengine.authoring.schema import InputSchema, NodeSchema
from graphengine.authoring.wrong import LiteralError, Wrong, not_a_choice, one_of
from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.graph.collector import collector_paused
from graphengine.graph.document import Document, DocumentNode, Link, link_text
from graphengine.graph.graph import Graph, GraphNode
from graphengine.graph.links import LinkCheck
from graphengine.graph.order import cycles, in_order
from graphengine.graph.parameters import apply, parameter_problems
from graphengine.graph.suggestions import Suggestions

if TYPE_CHECKING:
    from graphengine.home import Home


def build(
    document: Document,
    catalogue: Catalogue,
    home: Home,
    overrides: Mapping[str, Any] | None = None,
) -> Graph:
    """Check the document and build its graph; `overrides` sets inputs, as `{"node.input": value}`.

    Raises `InvalidWorkflow` with every problem there is. No node's module is imported.
    """
    if overrides:
        document = apply(document, settings=overrides)
    with collector_paused():
        return _build(document, catalogue, home)


def _build(document: Document, catalogue: Catalogue, home: Home) -> Graph:
    builder = _Builder(document, catalogue, home)
    for name, node in document.nodes.items():
        builder.add(name, node)
    builder.problems += parameter_problems(document, catalogue, builder.suggestions)
    order = in_order(builder.nodes)
    if order is None:
        builder.problems += cycles(builder.nodes)
    if builder.problems or order is None:
        raise InvalidWorkflow(builder.problems)
    return Graph(document, MappingProxyType(builder.nodes), order)


class _Builder:
    """The state of one build: what has been built, and what was wrong."""

    def __init__(self, document: Document, catalogue: Catalogue, home: Home) -> None:
        self.document = document
        self.catalogue = catalogue
        self.home = home
        self.nodes: dict[str, GraphNode] = {}
        self.problems: list[GraphEngineError] = []
        self.suggestions = Suggestions()
        self.links = LinkCheck(document, catalogue, self.suggestions)
        self._options: dict[str, tuple[list[str], str | None]] = {}

    def add(self, name: str, node: DocumentNode) -> None:
        if not name or "." in name:
            self.problems.append(_bad_name(name, node))
            return
        schema = self.catalogue.get(node.type)
        if schema is None:
            self.problems.append(self._unknown_type(name, node))
            return
        literals = dict(schema.defaults)
        links: dict[str, Link] = {}
        known = schema.inputs_by_name
        for key, value in node.inputs.items():
            input = known.get(key)
            if input is None:
                self._unknown_input(name, schema, key)
                continue
            text = link_text(value)
            if text is None:
                self._literal(name, schema, input, value, literals)
                continue
            link = self.links.check(name, schema, input, text)
            if isinstance(link, Link):
                links[key] = link
                literals.pop(key, None)
            elif link is not None:
                self.problems.append(link)
        for input in schema.required:
            if input.name not in node.inputs:
                self.problems.append(self._missing(name, schema, input))
        self.nodes[name] = GraphNode(name, schema, literals, links, schema.outputs)

    def _literal(
        self, name: str, schema: NodeSchema, input: InputSchema, value: Any, literals: dict[str, Any]
    ) -> None:
        try:
            converted = convert(input, value)
            if input.choices is not None and isinstance(converted, str):
                self._check_choice(input, converted)
            literals[input.name] = converted
        except LiteralError as error:
            wrong = error.wrong
            if input.literal is None:
                wrong = Wrong(
                    "wrong_type", f"a link to {input.display}", wrong.got, self.links.offer(input, name)
                )
            self.problems.append(wrong.at(name, schema.type, input.name))
        except GraphEngineError as error:
            error.locate(name, schema.type)
            self.problems.append(error)

    def _check_choice(self, input: InputSchema, value: str) -> None:
        provider = input.choices or ""
        if provider not in self._options:
            self._options[provider] = self.catalogue.options(input, self.home)
        options, hint = self._options[provider]
        if value not in options:
            raise LiteralError(not_a_choice(value, options, self.suggestions.nearest(value, options) or hint))

    def _unknown_type(self, name: str, node: DocumentNode) -> GraphEngineError:
        if node.type in self.document.subgraphs:
            return GraphEngineError(
                f"node '{name}': expected a node type, got the subgraph '{node.type}'; "
                "subgraphs are kept in the document but can't be run yet",
                kind="subgraph",
                node=name,
                node_type=node.type,
                expected="a node type",
                got=f"the subgraph '{node.type}'",
                hint="subgraphs are kept in the document but can't be run yet",
            )
        hint = self.suggestions.nearest(node.type, self.catalogue.types)
        return Wrong("unknown_node", "a known node type", show(node.type), hint).at(name, node.type, None)

    def _unknown_input(self, name: str, schema: NodeSchema, key: str) -> None:
        names = list(schema.inputs_by_name)
        expected = one_of(names) if names else "no input"
        wrong = Wrong("unknown_input", expected, show(key), self.suggestions.nearest(key, names))
        self.problems.append(wrong.at(name, schema.type, key))

    def _missing(self, name: str, schema: NodeSchema, input: InputSchema) -> GraphEngineError:
        expected = input.display if input.literal is None else describe(input.literal)
        hint = self.links.offer(input, name) if input.literal is None else None
        return Wrong("missing_input", expected, "nothing", hint).at(name, schema.type, input.name)


def _bad_name(name: str, node: DocumentNode) -> GraphEngineError:
    expected = "a name without dots" if name else "a name"
    hint = f"call it '{name.replace('.', '_')}'" if name else None
    return Wrong("bad_name", expected, show(name), hint).at(name, node.type, None)
