"""The size of documents with subgraphs, and a limit to it."""

from typing import Any

import pytest

from graphengine.errors import InvalidWorkflow
from graphengine.graph import load
from graphengine.server.core.document_size import check_size, expanded_size


def doubling(levels: int, *, leaves: bool = True) -> dict[str, Any]:
    """Subgraphs that each use the one before twice."""
    subgraphs: dict[str, Any] = {"s0": {"nodes": {"n": {"type": "add"}} if leaves else {}}}
    for level in range(1, levels):
        inside = {name: {"type": f"s{level - 1}"} for name in ("a", "b")}
        subgraphs[f"s{level}"] = {"nodes": inside}
    return {
        "format": "graphengine/1",
        "nodes": {"it": {"type": f"s{levels - 1}"}},
        "subgraphs": subgraphs,
    }


def test_every_use_counts_with_all_that_is_in_it() -> None:
    assert expanded_size(load({"format": "graphengine/1", "nodes": {"a": {"type": "add"}}})) == 1
    assert expanded_size(load(doubling(1))) == 2
    assert expanded_size(load(doubling(3))) == 1 + 2 + 4 + 4


@pytest.mark.parametrize("leaves", [True, False])
def test_what_grows_beyond_all_bounds_is_refused_at_once(leaves: bool) -> None:
    with pytest.raises(InvalidWorkflow, match="more than can be counted"):
        check_size(load(doubling(200, leaves=leaves)), 1000)
    check_size(load(doubling(3)), 11)
    with pytest.raises(InvalidWorkflow, match="at most 10 nodes, got 11"):
        check_size(load(doubling(3)), 10)


def test_a_subgraph_in_itself_is_counted_once_and_left_to_others_to_refuse() -> None:
    subgraphs = {"s": {"nodes": {"again": {"type": "s"}}}}
    document = {"format": "graphengine/1", "nodes": {"it": {"type": "s"}}, "subgraphs": subgraphs}
    assert expanded_size(load(document)) <= 3


def test_bodies_count_too() -> None:
    document = {
        "format": "graphengine/1",
        "nodes": {"loop": {"type": "repeat", "inputs": {"body": "s", "count": 3}}},
        "subgraphs": {"s": {"nodes": {"n": {"type": "add"}, "m": {"type": "add"}}}},
    }
    assert expanded_size(load(document)) == 3
