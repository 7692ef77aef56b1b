"""The typed graph that a document means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from graphengine.authoring.schema import NodeSchema
from graphengine.graph.document import Document, Link

if TYPE_CHECKING:
    from networkx import DiGraph


@dataclass(frozen=True, slots=True, eq=False)
class GraphNode:
    """One node: every input that isn't linked has its literal, the default if none was given."""

    name: str
    schema: NodeSchema
    literals: Mapping[str, Any]
    links: Mapping[str, Link]


def network_of(nodes: Mapping[str, GraphNode]) -> DiGraph:
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


@dataclass(frozen=True, eq=False)
class Graph:
    """A sound graph: every link fits, every literal is in range, there is no cycle.

    order: all names, each after what it depends on; else as in the document.
    """

    document: Document
    nodes: Mapping[str, GraphNode]
    order: tuple[str, ...]

    @cached_property
    def network(self) -> DiGraph:
        """The same as a frozen `networkx.DiGraph` of names, edges in the direction of the data."""
        return network_of(self.nodes)

    @cached_property
    def outputs(self) -> tuple[str, ...]:
        """The output nodes; where there is none, the nodes that nothing reads."""
        names = tuple(name for name, node in self.nodes.items() if node.schema.output)
        if names:
            return names
        read = {link.node for node in self.nodes.values() for link in node.links.values()}
        return tuple(name for name in self.nodes if name not in read)

    def __str__(self) -> str:
        """One line per node, in order."""
        lines = []
        for name in self.order:
            node = self.nodes[name]
            sources = ", ".join(f"{key} <- {link}" for key, link in node.links.items())
            lines.append(f"{name} ({node.schema.type})" + (f": {sources}" if sources else ""))
        return "\n".join(lines)
