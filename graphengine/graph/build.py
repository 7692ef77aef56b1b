"""From a document to the graph that it means, with every problem found at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from graphengine.authoring.catalogue import Catalogue
from graphengine.authoring.schema import OutputSchema
from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.graph.bodies import Bodies
from graphengine.graph.collector import collector_paused
from graphengine.graph.document import INPUTS, Document, DocumentNode, link_text
from graphengine.graph.graph import BodyInput, BodyResult, Graph, GraphNode
from graphengine.graph.muting import Muting
from graphengine.graph.node_reading import Foreign, NodeReading
from graphengine.graph.order import cycles, in_order
from graphengine.graph.parameters import apply, parameter_problems
from graphengine.graph.results import results_of
from graphengine.graph.subgraphs import Scope, flatten
from graphengine.graph.suggestions import Suggestions
from graphengine.graph.type_check import TypeCheck
from graphengine.graph.types import split_types

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
        builder = _Builder(catalogue, home)
        foreign = {INPUTS: _declared_inputs(document)} if document.inputs else {}
        graph = builder.build_nodes(document, _with_defaults(document), document.subgraphs, foreign)
        builder.problems += parameter_problems(document, catalogue, builder.suggestions)
        builder.check_unused(document)
    if builder.problems or graph is None:
        raise InvalidWorkflow(builder.problems)
    return graph


def build_part(
    nodes: Mapping[str, DocumentNode], catalogue: Catalogue, home: Home, foreign: Foreign
) -> Graph:
    """A graph of a few nodes whose links may also go to `foreign` ones, given as name to outputs by name.

    Raises `InvalidWorkflow`.
    """
    builder = _Builder(catalogue, home)
    graph = builder.build_nodes(Document(), nodes, {}, foreign)
    if builder.problems or graph is None:
        raise InvalidWorkflow(builder.problems)
    return graph


class _Builder:
    """Builds documents, and the bodies in them, and collects what is wrong with them."""

    def __init__(self, catalogue: Catalogue, home: Home) -> None:
        self.problems: list[GraphEngineError] = []
        self.suggestions = Suggestions()
        self._catalogue = catalogue
        self._home = home
        self._bodies = Bodies(self.build_body)

    def build(self, document: Document, scope: Scope, given: Mapping[str, OutputSchema]) -> Graph | None:
        """The graph of a document that is given values of these types; None if there is none."""
        return self.build_nodes(document, document.nodes, scope, {INPUTS: given} if given else {})

    def build_nodes(
        self, document: Document, nodes: Mapping[str, DocumentNode], scope: Scope, foreign: Foreign
    ) -> Graph | None:
        """The graph of these nodes; None if something is wrong with it."""
        flat = flatten(nodes, document.outputs, scope, self.suggestions)
        reading = NodeReading(
            flat.nodes, foreign, self._catalogue, self._home, self.suggestions, flat.excused
        )
        read = {
            name: found
            for name, placed in flat.nodes.items()
            if (found := reading.read(name, placed)) is not None
        }
        problems = [*flat.problems, *reading.problems]
        order = in_order(read)
        if order is None:
            problems += cycles(read)
        check = TypeCheck(self._catalogue, reading, foreign, self._bodies)
        gone = dict.fromkeys((*flat.gone, *reading.ignored))
        muting = Muting(read, gone, check.source)
        built: dict[str, GraphNode] = {}
        for name in order if order is not None else read:
            node = muting.resolve(read[name], built) if muting.active else read[name]
            if node is not None:
                built[name] = check.check(node, built)
        problems += check.problems
        results: dict[str, BodyResult] = {}
        if not problems:
            results, problems = results_of(flat.outputs, built, check.source, muting.around, self.suggestions)
        if problems:
            place = {name: index for index, name in enumerate(flat.nodes)}
            problems.sort(key=lambda problem: place.get(problem.node or "", len(place)))
            self.problems += problems
            return None
        in_document_order = {name: built[name] for name in read if name in built}
        order = tuple(name for name in order or () if name in built) if muting.active else order or ()
        muted = (*gone, *muting.muted)
        return Graph(document, MappingProxyType(in_document_order), order, muted, {}, results)

    def build_body(
        self, document: Document, scope: Scope, given: Mapping[str, OutputSchema]
    ) -> tuple[Graph | None, list[GraphEngineError]]:
        """The graph of a subgraph used as a body, and what is wrong with it."""
        outer, self.problems = self.problems, []
        graph = self.build(document, {**scope, **document.subgraphs}, given)
        found, self.problems = self.problems, outer
        if graph is None:
            return None, found
        inputs = {
            name: BodyInput(given[name].types, declared.required, declared.default)
            for name, declared in document.inputs.items()
        }
        return replace(graph, inputs=inputs), found

    def check_unused(self, document: Document) -> None:
        """Check the subgraphs that no node uses, with the types that they declare."""
        used = {node.type for node in document.nodes.values()} | self._bodies.used
        for name, subgraph in document.subgraphs.items():
            if name in used or self.problems:
                continue
            _, problems = self.build_body(subgraph, document.subgraphs, _declared_inputs(subgraph))
            for problem in problems:
                problem.message = f"subgraph '{name}': {problem.message}"
            self.problems += problems


def _with_defaults(document: Document) -> Mapping[str, DocumentNode]:
    """The nodes of a document that is run by itself: what it takes has its defaults."""
    defaults = {
        f"{INPUTS}.{name}": each.default for name, each in document.inputs.items() if not each.required
    }
    if not defaults:
        return document.nodes
    found = {}
    for name, node in document.nodes.items():
        inputs = {
            input: defaults[text] if (text := link_text(value)) in defaults else value
            for input, value in node.inputs.items()
        }
        found[name] = node.model_copy(update={"inputs": inputs})
    return found


def _declared_inputs(document: Document) -> dict[str, OutputSchema]:
    """What a document takes, with the types that it declares."""
    return {name: OutputSchema(name, split_types(each.type)) for name, each in document.inputs.items()}
