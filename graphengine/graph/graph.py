"""The typed graph that a document means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from graphengine.authoring.body import Body
from graphengine.authoring.schema import NodeSchema, OutputSchema
from graphengine.graph.document import Document, Link

if TYPE_CHECKING:
    from networkx import DiGraph


_NOTHING: Mapping[str, Any] = MappingProxyType({})


def _nothing() -> Mapping[str, Any]:
    return _NOTHING


@dataclass(frozen=True, slots=True, eq=False)
class GraphNode:
    """One node: every input that isn't linked has its literal, the default if none was given.

    Inputs of which there are many have names such as `images.0`, or any name that the document gave them.
    outputs: what it gives here: its schema's, with type variables resolved and lists where it is mapped.
    mapped: the inputs over whose lists it is mapped, with the number of layers of lists to take off.
    bodies: the subgraphs that its inputs of type `Body` name.
    """

    name: str
    schema: NodeSchema
    literals: Mapping[str, Any]
    links: Mapping[str, Link]
    outputs: tuple[OutputSchema, ...]
    mapped: Mapping[str, int] = field(default_factory=_nothing)
    bodies: Mapping[str, Body] = field(default_factory=_nothing)

    @property
    def output(self) -> bool:
        """Whether it is wanted by itself, for what it or a node of its bodies saves or shows."""
        return self.schema.output or any(body.graph.saves for body in self.bodies.values())


class Linked(Protocol):
    """What reads from nodes."""

    @property
    def links(self) -> Mapping[str, Link]:
        """Where each linked input gets its value from."""


def network_of(nodes: Mapping[str, Linked]) -> DiGraph:
    """The nodes as a frozen `networkx.DiGraph`; links to nodes that don't exist are left out."""
    import networkx  # here, since importing it takes longer than all of graphengine

    network = networkx.DiGraph()
    network.add_nodes_from(nodes)
    network.add_edges_from(
        (link.node, name)
        for name, node in nodes.items()
        for link in node.links.values()
        if link.node in nodes
    )
    return networkx.freeze(network)


@dataclass(frozen=True, slots=True, eq=False)
class BodyInput:
    """What a body takes: `types` as they come in, and the default where `required` is false."""

    types: tuple[str, ...]
    required: bool = True
    default: Any = None


@dataclass(frozen=True, slots=True, eq=False)
class BodyResult:
    """What a body gives: the output of a node (or of `inputs`) that `link` names, of the type of `output`."""

    link: Link
    output: OutputSchema


@dataclass(frozen=True, eq=False)
class Graph:
    """A sound graph: every link fits, every literal is in range, there is no cycle.

    nodes: without the muted and bypassed ones; those of a subgraph have names such as `refine/sample`.
    order: all names, each after what it depends on; else as in the document.
    muted: the names of nodes that don't run, since they are muted or depend on one that is.
    inputs, results: of a body, what it takes, with the defaults, and what it gives. Links to what it takes
    come from a node named `inputs`.
    """

    document: Document
    nodes: Mapping[str, GraphNode]
    order: tuple[str, ...]
    muted: tuple[str, ...] = ()
    inputs: Mapping[str, BodyInput] = field(default_factory=_nothing)
    results: Mapping[str, BodyResult] = field(default_factory=_nothing)

    @cached_property
    def network(self) -> DiGraph:
        """The same as a frozen `networkx.DiGraph` of names, edges in the direction of the data."""
        return network_of(self.nodes)

    @cached_property
    def outputs(self) -> tuple[str, ...]:
        """The output nodes; where there is none, the nodes that nothing reads."""
        names = tuple(name for name, node in self.nodes.items() if node.output)
        if names or self.muted:
            return names
        read = {link.node for node in self.nodes.values() for link in node.links.values()}
        return tuple(name for name in self.nodes if name not in read)

    @cached_property
    def saves(self) -> bool:
        """Whether some node of it is an output node."""
        return any(node.output for node in self.nodes.values())

    def __str__(self) -> str:
        """One line per node, in order."""
        lines = []
        for name in self.order:
            node = self.nodes[name]
            sources = ", ".join(f"{key} <- {link}" for key, link in node.links.items())
            lines.append(f"{name} ({node.schema.type})" + (f": {sources}" if sources else ""))
        return "\n".join(lines)
