"""Naming a part of a workflow: nodes, or the uses of subgraphs, for all nodes inside."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from graphengine.errors import GraphEngineError
from graphengine.nearest import did_you_mean


def named_nodes(names: Iterable[str], known: Collection[str], what: str, expected: str) -> tuple[str, ...]:
    """The nodes that the names mean; raises `GraphEngineError` for one that means none.

    what: what they were named for, such as `only`. expected: what there would have been to name.
    """
    found: dict[str, None] = {}
    for name in names:
        inside = [name] if name in known else [node for node in known if node.startswith(f"{name}/")]
        if not inside:
            hint = did_you_mean(name, known)
            raise GraphEngineError(
                f"{what}: expected {expected}, got '{name}'" + (f"; {hint}" if hint else ""),
                kind="unknown_node",
                expected=expected,
                got=f"'{name}'",
                hint=hint,
            )
        found |= dict.fromkeys(inside)
    return tuple(found)
