"""The subgraphs that nodes run as their bodies: checked with the types that will come in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from graphengine.authoring.body import Body
from graphengine.authoring.json_schema import show
from graphengine.authoring.schema import ANY, InputSchema, NodeSchema, OutputSchema
from graphengine.authoring.wrong import Wrong, one_of
from graphengine.errors import GraphEngineError
from graphengine.graph.document import INPUTS, Document, DocumentInput, DocumentNode
from graphengine.graph.graph import Graph
from graphengine.graph.subgraphs import Scope
from graphengine.graph.types import Types, fits_all, list_of, split_types, substitute
from graphengine.nearest import did_you_mean

if TYPE_CHECKING:
    from graphengine.graph.node_reading import Read

Given = Mapping[str, OutputSchema]
BuildBody = Callable[[Document, Scope, Given], tuple[Graph | None, list[GraphEngineError]]]
LOOP_INPUTS = ("turn", "index")
"""What nodes that loop give their bodies; they carry outputs over to the next turn."""
ANEW = ("turn", "index", "item")
"""What a loop gives its body anew each turn, so that nothing is carried into it."""


class OfNode(NamedTuple):
    """The bodies of one node by input, what the node gives because of them, and what is wrong."""

    bodies: Mapping[str, Body]
    outputs: tuple[OutputSchema, ...]
    problems: list[GraphEngineError]


class Bodies:
    """The bodies of one document; those that are given the same types are built once."""

    def __init__(self, build: BuildBody) -> None:
        self.used: set[str] = set()
        self._build = build
        self._known: dict[Any, tuple[Body | None, list[GraphEngineError]]] = {}
        self._trail: list[tuple[str, int]] = []

    def of(self, node: Read, bound: Mapping[str, Types], incoming: Given) -> OfNode:
        """The bodies of a node; `incoming` is what its named inputs bring, `bound` what its variables are."""
        problems: list[GraphEngineError] = []
        bodies: dict[str, Body] = {}
        own: list[tuple[Body, set[str]]] = []
        for key, written in node.bodies.items():
            input = node.schema.input(key)
            if input is None or input.gets is None:
                continue
            gets = {name: OutputSchema(name, substitute(types, bound)) for name, types in input.gets.items()}
            for place, name in _names(key, written):
                found = self._body(node, input, name, {**incoming, **gets}, problems)
                if found is not None:
                    bodies[place] = found
                    own.append((found, set(gets)))
                    problems += _check_gives(node, found, input, bound)
        takes = {name for body, _ in own for name in (*body.inputs, *body.outputs)}
        for name in incoming if len(own) == sum(1 for _ in bodies) and own else ():
            if name not in takes:
                problems.append(_not_taken(node, name, takes))
        return OfNode(bodies, _outputs(node.schema, own, incoming), problems)

    def _body(
        self, node: Read, input: InputSchema, name: Any, given: Given, problems: list[GraphEngineError]
    ) -> Body | None:
        if isinstance(name, Body) or (name is None and input.nullable):
            return name
        document = node.scope.get(name) if isinstance(name, str) else None
        if document is None:
            known = list(node.scope)
            expected = f"the name of a subgraph: {one_of(known)}" if known else "the name of a subgraph"
            hint = did_you_mean(name, known) if isinstance(name, str) else None
            wrong = Wrong("unknown_subgraph", expected, show(name), hint)
            problems.append(wrong.at(node.name, node.schema.type, input.name))
            return None
        self.used.add(name)
        if (name, id(document)) in self._trail:
            problems.append(_recursive(node, name, [each for each, _ in self._trail]))
            return None
        loops = any(each in (input.gets or ()) for each in LOOP_INPUTS)
        key = (id(document), loops, tuple(sorted((each, schema.types) for each, schema in given.items())))
        if key not in self._known:
            self._trail.append((name, id(document)))
            try:
                self._known[key] = self._make(name, document, node.scope, given, loops)
            finally:
                self._trail.pop()
        body, wrongs = self._known[key]
        problems += [_placed(wrong, node, name) for wrong in wrongs]
        return body

    def _make(
        self, name: str, document: Document, scope: Scope, given: Given, loops: bool
    ) -> tuple[Body | None, list[GraphEngineError]]:
        document = _with_parameters(document, given)
        taken, problems = _taken(document, given)
        if problems:
            return None, problems
        graph, problems = self._build(document, scope, taken)
        if graph is None or problems:
            return None, problems
        if loops:
            widened = _widened(document, graph, taken)
            if widened is not None:
                graph, problems = self._build(document, scope, widened)
                problems += _not_carried(document, graph)
                if graph is None or problems:
                    return None, [_next_turn(each) for each in problems]
        required = tuple(name for name, each in document.inputs.items() if each.required)
        return Body(name, tuple(document.inputs), required, tuple(graph.results), graph), []


def _names(key: str, written: Any) -> Iterable[tuple[str, Any]]:
    """The subgraphs named in one input: one, or one per key of an object."""
    if isinstance(written, dict):
        return [(f"{key}.{each}", name) for each, name in written.items()]
    return [(key, written)]


def _with_parameters(document: Document, given: Given) -> Document:
    """The document with those of its parameters that are given as inputs of it."""
    wanted = {
        name: place
        for name, place in document.parameters.items()
        if name in given and name not in document.inputs
    }
    if not wanted:
        return document
    nodes = dict(document.nodes)
    for name, place in wanted.items():
        node, _, input = place.partition(".")
        if node in nodes:
            old = nodes[node]
            inputs: dict[str, Any] = {**old.inputs, input: {"from": f"{INPUTS}.{name}"}}
            nodes[node] = DocumentNode(type=old.type, inputs=inputs, mode=old.mode)
    added = {name: DocumentInput(type=ANY, default=None) for name in wanted}
    return document.model_copy(update={"nodes": nodes, "inputs": {**document.inputs, **added}})


def _taken(document: Document, given: Given) -> tuple[dict[str, OutputSchema], list[GraphEngineError]]:
    """What comes in for each input of the body: what is given, else as it declares with its default."""
    taken: dict[str, OutputSchema] = {}
    problems: list[GraphEngineError] = []
    for name, each in document.inputs.items():
        wanted = _types_of(each.type)
        if name not in given:
            taken[name] = OutputSchema(name, wanted)
            if each.required:
                problems.append(_body_problem("missing_input", name, each.type, "nothing"))
            continue
        schema = given[name]
        if not fits_all(schema.types, wanted, schema.supertypes):
            problems.append(_body_problem("wrong_link", name, each.type, schema.display))
        taken[name] = schema if schema.types != (ANY,) else OutputSchema(name, wanted)
    return taken, problems


def _widened(document: Document, graph: Graph, taken: Given) -> dict[str, OutputSchema] | None:
    """What comes in at the turns after the first, where outputs are carried; None if that's the same."""
    widened = dict(taken)
    for name, result in graph.results.items():
        if name in document.inputs and name not in ANEW:
            before, after = taken[name], result.output
            types = tuple(dict.fromkeys((*before.types, *after.types)))
            widened[name] = OutputSchema(name, types, {**before.supertypes, **after.supertypes})
    return widened if any(widened[name].types != taken[name].types for name in widened) else None


def _not_carried(document: Document, graph: Graph | None) -> list[GraphEngineError]:
    """The outputs that don't fit the declared type of the input that they are carried into."""
    problems = []
    for name, result in (graph.results if graph else {}).items():
        each = document.inputs.get(name)
        if each is None or name in ANEW:
            continue
        output = result.output
        if not fits_all(output.types, _types_of(each.type), output.supertypes):
            problems.append(_body_problem("wrong_link", name, each.type, output.display))
    return problems


def _types_of(text: str) -> Types:
    return split_types(text) or (ANY,)


def _check_gives(
    node: Read, body: Body, input: InputSchema, bound: Mapping[str, Types]
) -> list[GraphEngineError]:
    problems = []
    for name, types in (input.gives or {}).items():
        wanted = substitute(types, bound)
        expected = f"the body '{body.name}' to give '{name}' ({' | '.join(wanted)})"
        result = body.graph.results.get(name)
        if result is None:
            got = (
                "outputs " + ", ".join(f"'{each}'" for each in body.outputs) if body.outputs else "no output"
            )
            problems.append(Wrong("wrong_body", expected, got).at(node.name, node.schema.type, input.name))
        elif not any(each.startswith("~") for each in types) and not fits_all(
            result.output.types, wanted, result.output.supertypes
        ):
            wrong = Wrong("wrong_body", expected, result.output.display)
            problems.append(wrong.at(node.name, node.schema.type, input.name))
    return problems


def _outputs(
    schema: NodeSchema, own: Iterable[tuple[Body, set[str]]], incoming: Given
) -> tuple[OutputSchema, ...]:
    """What a node gives whose outputs are those of its bodies."""
    if schema.turns is None:
        return schema.outputs
    found: dict[str, tuple[dict[str, None], dict[str, Types]]] = {}
    for body, gets in own:
        loops = any(each in gets for each in LOOP_INPUTS)
        for name, result in body.graph.results.items():
            types, bases = found.setdefault(name, ({}, {}))
            carried = name in body.inputs and name not in gets
            own_types: Types = result.output.types
            if schema.turns == "every" or (schema.turns == "carried" and not carried):
                own_types = (list_of(own_types),)
            types |= dict.fromkeys(own_types)
            if loops and carried and name in incoming and schema.turns != "every":
                types |= dict.fromkeys(incoming[name].types)
                bases |= incoming[name].supertypes
            bases |= result.output.supertypes
    return tuple(
        OutputSchema(name, (ANY,) if ANY in types else tuple(types), bases)
        for name, (types, bases) in found.items()
    )


def _placed(problem: GraphEngineError, node: Read, body: str) -> GraphEngineError:
    """A problem inside a body, told where it is."""
    found = problem.reworded(problem.message)
    found.node = f"{node.name}/{body}/{problem.node}" if problem.node else node.name
    found.node_type = problem.node_type or node.schema.type
    if problem.node:
        found.message = problem.message.replace(f"'{problem.node}'", f"'{found.node}'", 1)
    else:
        found.message = f"node '{node.name}' ({node.schema.type}), body '{body}', {problem.message}"
    return found


def _body_problem(kind: str, input: str, expected: str, got: str) -> GraphEngineError:
    return GraphEngineError(
        f"input '{input}': expected {expected}, got {got}",
        kind=kind,
        input=input,
        expected=expected,
        got=got,
    )


def _next_turn(problem: GraphEngineError) -> GraphEngineError:
    problem.message += " (what one turn gives goes into the next)"
    return problem


def _not_taken(node: Read, name: str, takes: Iterable[str]) -> GraphEngineError:
    known = sorted({*takes, *(each.name for each in node.schema.inputs if not each.many)})
    wrong = Wrong("unknown_input", one_of(known), show(name), did_you_mean(name, known))
    return wrong.at(node.name, node.schema.type, name)


def _recursive(node: Read, name: str, trail: list[str]) -> GraphEngineError:
    path = " -> ".join((*trail, name))
    return GraphEngineError(
        f"node '{node.name}' ({node.schema.type}): the subgraph '{name}' contains itself: {path}",
        kind="recursive_subgraph",
        node=node.name,
        node_type=node.schema.type,
        expected="a subgraph that doesn't contain itself",
        got=path,
    )
