import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graphengine.authoring import node
from graphengine.authoring.catalogue import Catalogue
from graphengine.execution import plan
from graphengine.execution.keys import keys
from graphengine.graph import Graph, build, load
from graphengine.home import Home
from tests.execution.execution_nodes import CATALOGUE, graph


def keys_of(made: Graph, fingerprint: str = "", output_place: str = "") -> dict[str, bytes]:
    return keys(plan(made, made.nodes), lambda node: fingerprint, output_place)


def nodes_of(layers: list[tuple[int, int]]) -> dict[str, tuple[str, dict[str, Any]]]:
    """A chain with skips: each node adds what an earlier one gave, and a number."""
    nodes: dict[str, tuple[str, dict[str, Any]]] = {"n0": ("add", {"a": 1})}
    for index, (skip, number) in enumerate(layers, start=1):
        source = max(0, index - 1 - skip)
        nodes[f"n{index}"] = ("add", {"a": f"<n{source}.value", "b": number})
    return nodes


def ancestors(nodes: dict[str, tuple[str, dict[str, Any]]], name: str) -> set[str]:
    found: set[str] = set()
    while name:
        found.add(name)
        link = nodes[name][1]["a"]
        name = link[1:].partition(".")[0] if isinstance(link, str) else ""
    return found


LAYERS = st.lists(st.tuples(st.integers(0, 3), st.integers(-5, 5)), min_size=1, max_size=8)
HOME = Home.find("/nowhere")


@settings(deadline=None)
@given(LAYERS, st.randoms())
def test_equal_graphs_have_equal_keys_in_any_order(
    layers: list[tuple[int, int]], chance: random.Random
) -> None:
    nodes = nodes_of(layers)
    shuffled = list(nodes.items())
    chance.shuffle(shuffled)
    mixed = {name: (type, dict(reversed(inputs.items()))) for name, (type, inputs) in shuffled}
    assert keys_of(graph(HOME, **nodes)) == keys_of(graph(HOME, **mixed))


@settings(deadline=None)
@given(LAYERS, st.integers(0, 7), st.integers(6, 10))
def test_a_change_changes_exactly_what_depends_on_it(
    layers: list[tuple[int, int]], which: int, number: int
) -> None:
    nodes = nodes_of(layers)
    changed = f"n{which % len(nodes)}"
    before = keys_of(graph(HOME, **nodes))
    after = keys_of(graph(HOME, **{**nodes, changed: ("add", {**nodes[changed][1], "b": number})}))
    for name in nodes:
        assert (before[name] != after[name]) == (changed in ancestors(nodes, name))


def key(**inputs: Any) -> bytes:
    return keys_of(graph(HOME, x=("anything", inputs)))["x"]


def test_json_values_are_told_apart() -> None:
    values = [None, 0, 1, True, 1.0, "1", "", [], [1], ["1"], [[1]], {}, {"a": 1}, {"a": None}, "\ud800"]
    assert len({key(value=value) for value in values if value != "\ud800"}) == len(values) - 1


def test_a_default_is_the_same_as_its_value_given() -> None:
    assert keys_of(graph(HOME, a=("add", {"a": 1}))) == keys_of(graph(HOME, a=("add", {"a": 1, "b": 1})))


def test_an_integer_for_a_float_is_the_float() -> None:
    @node(category="t")
    def half(a: float) -> float:
        return a / 2

    catalogue = Catalogue.of(half)
    made = [
        build(
            load({"format": "graphengine/1", "nodes": {"h": {"type": "half", "inputs": {"a": a}}}}),
            catalogue,
            HOME,
        )
        for a in (1, 1.0)
    ]
    assert keys_of(made[0]) == keys_of(made[1])


def test_another_output_of_the_same_node_is_another_key() -> None:
    nodes: dict[str, Any] = {"d": ("divide", {"a": 7})}
    one = keys_of(graph(HOME, **nodes, x=("add", {"a": "<d.rest"})))
    two = keys_of(graph(HOME, **nodes, x=("add", {"a": "<d.quotient"})))
    assert one["d"] == two["d"]
    assert one["x"] != two["x"]


def test_links_to_two_inputs_are_told_apart() -> None:
    nodes: dict[str, Any] = {"p": ("add", {"a": 1}), "q": ("add", {"a": 2})}
    one = keys_of(graph(HOME, **nodes, x=("add", {"a": "<p.value", "b": "<q.value"})))
    two = keys_of(graph(HOME, **nodes, x=("add", {"a": "<q.value", "b": "<p.value"})))
    assert one["x"] != two["x"]


def test_version_and_type_count() -> None:
    def body(a: int) -> int:
        return a

    found = set()
    for facts in ({}, {"version": "2"}, {"name": "other"}):
        catalogue = Catalogue.of(node(category="t", **facts)(body))  # type: ignore[arg-type]
        document = load(
            {"format": "graphengine/1", "nodes": {"x": {"type": catalogue.types[0], "inputs": {"a": 1}}}}
        )
        found.add(keys_of(build(document, catalogue, HOME))["x"])
    assert len(found) == 3


def test_fingerprints_and_the_place_of_outputs_count() -> None:
    made = graph(HOME, r=("read", {"path": "p"}), s=("save", {"a": 1, "name": "x"}))
    plain = keys_of(made)
    printed = keys_of(made, fingerprint="new")
    elsewhere = keys_of(made, output_place="/elsewhere")
    assert (plain["r"] != printed["r"], plain["s"] != printed["s"]) == (True, False)
    assert (plain["r"] != elsewhere["r"], plain["s"] != elsewhere["s"]) == (False, True)


def test_the_catalogue_is_complete() -> None:
    assert {"anything", "add", "divide", "read", "save"} <= set(CATALOGUE.types)
