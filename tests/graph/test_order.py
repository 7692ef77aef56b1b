import sys
from typing import Any

import networkx
import pytest

from graphengine.graph import build
from graphengine.home import Home
from tests.graph.graph_nodes import CATALOGUE, document, problems, the_problem


def test_the_order_is_the_document_s_where_links_allow(home: Home) -> None:
    graph = build(
        document(c="photo", b=("vae_encode", {"image": "<z.image"}), a="photo", z="photo"), CATALOGUE, home
    )
    assert graph.order == ("c", "a", "z", "b")


def test_the_network_is_networkx_and_frozen(home: Home) -> None:
    graph = build(document(p="photo", e=("vae_encode", {"image": "<p.image"})), CATALOGUE, home)
    assert list(graph.network.edges) == [("p", "e")]
    with pytest.raises(networkx.NetworkXError):
        graph.network.add_node("x")


def test_a_cycle_is_told_with_its_path(home: Home) -> None:
    assert the_problem(
        home, a=("add", {"a": "<b.value"}), b=("add", {"a": "<a.value"}), c=("add", {"a": "<b.value"})
    ) == (
        "cycle",
        "expected a graph without cycles, got a -> b -> a",
    )


def test_a_node_that_reads_itself(home: Home) -> None:
    assert the_problem(home, a=("add", {"a": "<a.value"}))[1] == "expected a graph without cycles, got a -> a"


def test_each_cycle_is_told(home: Home) -> None:
    found = problems(
        home,
        a=("add", {"a": "<b.value"}),
        b=("add", {"a": "<a.value"}),
        c=("add", {"a": "<d.value"}),
        d=("add", {"a": "<c.value"}),
    )
    assert [problem.got for problem in found] == ["a -> b -> a", "c -> d -> c"]


def test_a_long_cycle_is_shortened(home: Home) -> None:
    nodes = {f"n{i}": ("add", {"a": f"<n{(i - 1) % 3000}.value"}) for i in range(3000)}
    (problem,) = problems(home, **nodes)
    assert problem.got == (
        "n0 -> n1 -> n2 -> n3 -> n4 -> n5 -> (2990 more) -> n2996 -> n2997 -> n2998 -> n2999 -> n0"
    )


def test_a_long_chain_needs_no_recursion(home: Home) -> None:
    nodes: dict[str, Any] = {"n0": ("add", {"a": 1})}
    for i in range(1, 5000):
        nodes[f"n{i}"] = ("add", {"a": f"<n{i - 1}.value"})
    backwards = dict(reversed(nodes.items()))
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(200)
    try:
        graph = build(document(**backwards), CATALOGUE, home)
    finally:
        sys.setrecursionlimit(limit)
    assert graph.order == tuple(nodes)
