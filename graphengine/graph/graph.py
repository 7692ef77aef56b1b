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


@dataclass(frozen=True, eq=False)
class Graph:
    """A sound graph: every link fits, every literal is in range, there is no cycle.

    order: all names, each after what it depends on; else as in the document.
    network: the same as a frozen `networkx.DiGraph` of names, edges in the direction of the data.
    """

    document: Document
    nodes: Mapping[str, GraphNode]
    order: tuple[str, ...]
    network: DiGraph

    @cached_property
    def outputs(self) -> tuple[str, ...]:
        """The output nodes; where there is none, the nodes that nothing reads."""
        names = tuple(name for name, node in self.nodes.items() if node.schema.output)
        return names or tuple(name for name in self.nodes if self.network.out_degree(name) == 0)

    def __str__(self) -> str:
        """One line per node, in order."""
        lines = []
        for name in self.order:
            node = self.nodes[name]
            sources = ", ".join(f"{key} <- {link}" for key, link in node.links.items())
            lines.append(f"{name} ({node.schema.type})" + (f": {sources}" if sources else ""))
        return "\n".join(lines)
