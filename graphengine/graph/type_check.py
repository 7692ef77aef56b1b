"""Checking the types of one node's links in the graph's order, so that what comes in is known."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from graphengine.authoring.catalogue import Catalogue
from graphengine.authoring.schema import ANY, NOTHING, VARIABLE, InputSchema, NodeSchema, OutputSchema
from graphengine.authoring.wrong import Wrong
from graphengine.errors import GraphEngineError
from graphengine.graph.bodies import Bodies
from graphengine.graph.document import Link
from graphengine.graph.graph import GraphNode
from graphengine.graph.node_reading import Foreign, NodeReading, Read
from graphengine.graph.types import (
    Types,
    accepts,
    converter,
    layers_between,
    list_of,
    strip_list,
    substitute,
)
from graphengine.graph.variables import bind

_NONE: Mapping[str, Any] = MappingProxyType({})


class TypeCheck:
    """Finds over which lists nodes are mapped, what type variables stand for, and so what each node gives."""

    def __init__(self, catalogue: Catalogue, reading: NodeReading, foreign: Foreign, bodies: Bodies) -> None:
        self.problems: list[GraphEngineError] = []
        self._catalogue = catalogue
        self._reading = reading
        self._foreign = foreign
        self._bodies = bodies
        self._plain: dict[tuple[int, int], bool] = {}
        self._kept: list[OutputSchema | InputSchema] = []  # so that no two share an id while it is remembered
        self._outputs: dict[Any, tuple[OutputSchema, ...]] = {}

    def check(self, node: Read, built: Mapping[str, GraphNode]) -> GraphNode:
        """The node with what it gives; what is wrong is added to the problems."""
        schema = node.schema
        if not schema.variables and not node.bodies:
            mapped = self._mapped(node, built, schema, _NONE)
            outputs = schema.outputs if not mapped else self._listed(schema, _NONE, max(mapped.values()))
            return GraphNode(node.name, schema, node.literals, node.links, outputs, mapped)
        mapped = self._mapped(node, built, schema, schema.variables)
        bound, bases = self._bound(node, built, mapped)
        layers = max(mapped.values(), default=0)
        bodies: Mapping[str, Any] = _NONE
        if node.bodies:
            incoming = {key: self._incoming(node, key, built) for key in self._named(node)}
            bodies, own, problems = self._bodies.of(node, bound, incoming)
            self.problems += problems
            outputs = own if not layers else tuple(_wrapped(each, layers) for each in own)
        else:
            outputs = self._listed(schema, bound, layers, bases)
        return GraphNode(node.name, schema, node.literals, node.links, outputs, mapped, bodies)

    def source(self, link: Link, built: Mapping[str, GraphNode]) -> OutputSchema | None:
        """The output that a link leads to; None if its node could not be built."""
        node = built.get(link.node)
        if node is None:
            return self._foreign.get(link.node, {}).get(link.output)
        index = node.schema.output_index.get(link.output)
        if index is not None and index < len(node.outputs):
            return node.outputs[index]
        return next((each for each in node.outputs if each.name == link.output), None)

    def fits(self, output: OutputSchema, input: InputSchema) -> bool:
        """Whether the output fits the input as it is; each pair is compared once."""
        pair = (id(output), id(input))
        known = self._plain.get(pair)
        if known is None:
            self._kept += (output, input)
            known = self._plain[pair] = accepts(input, output)
        return known

    def _mapped(
        self,
        node: Read,
        built: Mapping[str, GraphNode],
        schema: NodeSchema,
        variables: Mapping[str, Types],
    ) -> Mapping[str, int]:
        """The inputs over whose lists the node is mapped."""
        mapped: dict[str, int] | None = None
        inputs = schema.inputs_by_name
        for key, link in node.links.items():
            output = self.source(link, built)
            if output is None:
                if link.node in built:  # a node whose outputs are those of its bodies
                    names = [each.name for each in built[link.node].outputs]
                    wrong = self._reading.links.no_output(link.node, names, str(link))
                    self.problems.append(wrong.at(node.name, schema.type, key))
                continue
            input = inputs.get(key)
            if input is None or input.many:
                input = schema.input(key)
            if input is None or (not variables and self.fits(output, input)):
                continue
            takes = substitute(input.types, variables) if variables else input.types
            layers = layers_between(output.types, takes, output.supertypes, nullable=input.nullable)
            if layers is None:
                hint = converter(self._catalogue, output, input)
                shown = " | ".join(takes)
                wrong = Wrong("wrong_link", shown, f"{output.display} from '{link}'", hint)
                self.problems.append(wrong.at(node.name, schema.type, key))
            elif layers:
                if mapped is None:
                    mapped = {}
                mapped[key] = layers
        return _NONE if mapped is None else mapped

    def _bound(
        self, node: Read, built: Mapping[str, GraphNode], mapped: Mapping[str, int]
    ) -> tuple[dict[str, Types], dict[str, Types]]:
        """What each type variable stands for, which is all that comes in for it, and the bases of classes."""
        found: dict[str, dict[str, None]] = {}
        bases: dict[str, Types] = {}
        for key in (*node.links, *node.literals):
            input = node.schema.input(key)
            if input is None or not any(VARIABLE in each for each in input.types):
                continue
            types, more = self._types_of(node, key, built)
            bases |= more
            for _ in range(mapped.get(key, 0)):
                types = strip_list(types) or (ANY,)
            for name in input.types:
                bind(name, types, found)
        return {name: tuple(types) for name, types in found.items()}, bases

    def _types_of(
        self, node: Read, key: str, built: Mapping[str, GraphNode]
    ) -> tuple[Types, Mapping[str, Types]]:
        link = node.links.get(key)
        if link is None:
            return (type_of_literal(node.literals[key]),), _NONE
        output = self.source(link, built)
        return (output.types, output.supertypes) if output is not None else ((ANY,), _NONE)

    def _incoming(self, node: Read, key: str, built: Mapping[str, GraphNode]) -> OutputSchema:
        types, bases = self._types_of(node, key, built)
        return OutputSchema(key, types, bases)

    def _named(self, node: Read) -> list[str]:
        """The inputs that go to the node's bodies by their names."""
        schema = node.schema
        return [
            key
            for key in (*node.links, *node.literals)
            if (input := schema.input(key)) is not None and input.many == "named"
        ]

    def _listed(
        self,
        schema: NodeSchema,
        bound: Mapping[str, Types],
        layers: int,
        bases: Mapping[str, Types] = _NONE,
    ) -> tuple[OutputSchema, ...]:
        """The schema's outputs with variables replaced, in so many layers of lists; made once for all."""
        key = (schema.type, tuple(sorted(bound.items())), layers, tuple(sorted(bases.items())))
        known = self._outputs.get(key)
        if known is None:
            known = self._outputs[key] = tuple(
                _wrapped(
                    OutputSchema(
                        each.name,
                        substitute(each.types, bound),
                        {**bases, **each.supertypes},
                        each.tooltip,
                    ),
                    layers,
                )
                for each in schema.outputs
            )
        return known


def type_of_literal(value: Any) -> str:
    """The type of a JSON value."""
    if value is None:
        return NOTHING
    if isinstance(value, list):
        return list_of(dict.fromkeys(type_of_literal(item) for item in value) or (ANY,))
    return type(value).__name__


def _wrapped(output: OutputSchema, layers: int) -> OutputSchema:
    if not layers:
        return output
    types = output.types
    for _ in range(layers):
        types = (list_of(types),)
    return OutputSchema(output.name, types, output.supertypes, output.tooltip)
