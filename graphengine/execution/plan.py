"""What has to run: the wanted nodes and all that they depend on, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graphengine.errors import GraphEngineError
from graphengine.graph import Graph
from graphengine.graph.document import INPUTS
from graphengine.nearest import did_you_mean


@dataclass(frozen=True, eq=False)
class Plan:
    """A graph cut to what is wanted; `order` puts each node after those that it reads."""

    graph: Graph
    wanted: tuple[str, ...]
    order: tuple[str, ...]

    def __str__(self) -> str:
        """The steps, one a line; wanted nodes are starred."""
        width = len(str(len(self.order)))
        return "\n".join(
            f"{step:>{width}}. {name} ({self.graph.nodes[name].schema.type})"
            + (" *" if name in self.wanted else "")
            for step, name in enumerate(self.order, start=1)
        )


def _nothing_gives(input: str) -> GraphEngineError:
    hint = "use the workflow as a node, or give it a default"
    return GraphEngineError(
        f"this workflow takes '{input}', and nothing gives it; {hint}",
        kind="missing_input",
        input=input,
        expected=f"a value for '{input}'",
        got="nothing",
        hint=hint,
    )


def plan(graph: Graph, wanted: Iterable[str] | None = None) -> Plan:
    """Cut the graph to what is wanted: the nodes named, else the outputs, else those that nothing reads."""
    names = graph.outputs if wanted is None else tuple(dict.fromkeys(wanted))
    for name in names:
        if name not in graph.nodes:
            hint = did_you_mean(name, graph.nodes)
            raise GraphEngineError(
                f"expected a node of this workflow, got '{name}'" + (f"; {hint}" if hint else ""),
                kind="unknown_node",
                expected="a node of this workflow",
                got=f"'{name}'",
                hint=hint,
            )
    needed = set(names)
    stack = list(names)
    while stack:
        for link in graph.nodes[stack.pop()].links.values():
            if link.node not in needed:
                if link.node == INPUTS:
                    raise _nothing_gives(link.output)
                needed.add(link.node)
                stack.append(link.node)
    return Plan(graph, names, tuple(name for name in graph.order if name in needed))
