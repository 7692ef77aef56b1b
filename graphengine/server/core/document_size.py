"""How large a document is once its subgraphs are in their places, known before they are put there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.graph import Document, DocumentNode

Scope = Mapping[str, Document]


def check_size(document: Document, most: int) -> None:
    """Raise `InvalidWorkflow` for a document of more than so many nodes, uses of subgraphs included.

    A few lines of subgraphs that each use the next one twice mean more nodes than there is memory.
    """
    size = expanded_size(document)
    if size > most:
        got = f"{size:,}" if size < 1 << 60 else "more than can be counted"
        raise InvalidWorkflow(
            [
                GraphEngineError(
                    f"expected a workflow of at most {most:,} nodes, got {got}",
                    kind="too_large",
                    expected=f"at most {most:,} nodes, with those in subgraphs",
                    got=got,
                )
            ]
        )


def expanded_size(document: Document) -> int:
    """The number of nodes and of uses of subgraphs, each use with all that is in it."""
    sizes: dict[int, int] = {}
    begun: set[int] = set()
    waiting: list[tuple[Document, Scope]] = [(document, document.subgraphs)]
    while waiting:
        current, scope = waiting[-1]
        begun.add(id(current))
        inside = [
            (found, {**scope, **found.subgraphs} if found.subgraphs else scope)
            for name in {name for node in current.nodes.values() for name in _named(node)}
            if (found := scope.get(name)) is not None and id(found) not in begun
        ]
        if inside:
            waiting += inside
            continue
        waiting.pop()
        if id(current) not in sizes:
            total = len(current.nodes)
            for node in current.nodes.values():
                for name in _named(node):
                    used = scope.get(name)
                    total += sizes.get(id(used), 1) if used is not None else 0
            sizes[id(current)] = min(total, 1 << 60)
    return sizes[id(document)]


def _named(node: DocumentNode) -> Iterator[str]:
    """What may be the names of subgraphs: the type, and the bodies."""
    yield node.type
    yield from (value for value in node.inputs.values() if isinstance(value, str))
