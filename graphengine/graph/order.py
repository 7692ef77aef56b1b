"""The order in which nodes can run, and the cycles where there is none; nothing here recurses."""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from graphengine.errors import GraphEngineError
from graphengine.graph.graph import Linked, network_of

if TYPE_CHECKING:
    from networkx import DiGraph

MOST_SHOWN = 12


def in_order(nodes: Mapping[str, Linked]) -> tuple[str, ...] | None:
    """Each node after those that it reads, else as in the document; None if there is a cycle.

    Kahn's algorithm. Not networkx's, as importing that takes longer than checking a usual workflow.
    """
    if _is_ordered(nodes):
        return tuple(nodes)
    names = tuple(nodes)
    place = {name: index for index, name in enumerate(names)}
    readers: dict[str, list[int]] = {}
    waiting = [0] * len(names)
    for index, node in enumerate(nodes.values()):
        sources = {link.node for link in node.links.values() if link.node in place}
        waiting[index] = len(sources)
        for source in sources:
            readers.setdefault(source, []).append(index)
    ready = [index for index, count in enumerate(waiting) if not count]
    heapify(ready)
    order: list[str] = []
    while ready:
        name = names[heappop(ready)]
        order.append(name)
        for reader in readers.get(name, ()):
            waiting[reader] -= 1
            if not waiting[reader]:
                heappush(ready, reader)
    return tuple(order) if len(order) == len(names) else None


def _is_ordered(nodes: Mapping[str, Linked]) -> bool:
    seen = set()
    for name, node in nodes.items():
        if any(link.node not in seen for link in node.links.values()):
            return False
        seen.add(name)
    return True


def cycles(nodes: Mapping[str, Linked]) -> list[GraphEngineError]:
    """One problem for each group of nodes that wait for each other, with a path around."""
    import networkx

    network = network_of(nodes)
    place = {name: index for index, name in enumerate(network)}
    groups = [
        group for group in networkx.strongly_connected_components(network) if _is_cyclic(network, group)
    ]
    problems = []
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
