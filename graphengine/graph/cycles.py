"""The order in which nodes can run, and the cycles where there is none; nothing here recurses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graphengine.errors import GraphEngineError

if TYPE_CHECKING:
    from networkx import DiGraph

MOST_SHOWN = 12


def in_order(
    names: Iterable[str], edges: Iterable[tuple[str, str]]
) -> tuple[DiGraph, tuple[str, ...] | None]:
    """The frozen network and its order; None for the order if there is a cycle."""
    import networkx  # here, since it takes longer to import than all of graphengine

    network = networkx.DiGraph()
    network.add_nodes_from(names)
    network.add_edges_from(edges)
    networkx.freeze(network)
    try:
        return network, tuple(networkx.topological_sort(network))
    except networkx.NetworkXUnfeasible:
        return network, None


def cycles(network: DiGraph) -> list[GraphEngineError]:
    """One problem for each group of nodes that wait for each other, with a path around."""
    import networkx

    problems = []
    place = {name: index for index, name in enumerate(network)}
    groups = [
        group for group in networkx.strongly_connected_components(network) if _is_cyclic(network, group)
    ]
    for group in sorted(groups, key=lambda group: min(place[name] for name in group)):
        first = min(group, key=place.__getitem__)
        edges = networkx.find_cycle(network.subgraph(group), first)
        path = [edges[0][0], *(target for _, target in edges)]
        shown = path if len(path) <= MOST_SHOWN else [*path[:6], f"({len(path) - 11} more)", *path[-5:]]
        text = " -> ".join(shown)
        problems.append(
            GraphEngineError(
                f"expected a graph without cycles, got {text}",
                kind="cycle",
                node=path[0],
                expected="a graph without cycles",
                got=text,
            )
        )
    return problems


def _is_cyclic(network: DiGraph, group: set[str]) -> bool:
    return len(group) > 1 or any(network.has_edge(name, name) for name in group)
