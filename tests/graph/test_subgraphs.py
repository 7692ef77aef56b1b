"""Subgraphs as node types, muted and bypassed nodes, saved workflows as nodes."""

import sys
from typing import Any, TypeVar

import pytest

from graphengine.authoring import Image, Mask, node
from graphengine.authoring.catalogue import Catalogue
from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.execution import plan
from graphengine.graph import Document, Graph, Link, apply, build, dump, embed_saved, input_at, load
from graphengine.home import Home

T = TypeVar("T")
S = TypeVar("S", Image, Mask)


@node(category="t")
def photo(name: str = "x") -> Image:
    raise NotImplementedError


@node(category="t")
def blur(image: Image, radius: float = 1.0, mask: Mask | None = None) -> Image:
    raise NotImplementedError


@node(category="t")
def to_mask(image: Image) -> Mask:
    raise NotImplementedError


@node(category="t", output=True)
def save(image: Image) -> None:
    raise NotImplementedError


@node(category="t")
def stack(*images: Image) -> Image:
    raise NotImplementedError


@node(category="t")
def frames(image: Image) -> list[Image]:
    raise NotImplementedError


@node(category="t")
def join(images: list[Image]) -> Image:
    raise NotImplementedError


@node(category="t")
def same(value: T) -> T:
    raise NotImplementedError


@node(category="t")
def flip(value: S) -> S:
    raise NotImplementedError


@node(category="t")
def gather(*values: T) -> list[T]:
    raise NotImplementedError


CATALOGUE = Catalogue.of(photo, blur, to_mask, save, stack, frames, join, same, flip, gather)
SOFT = {
    "inputs": {"image": "Image", "radius": {"type": "float", "default": 2.0}},
    "outputs": {"image": "second.image", "given": "inputs.image"},
    "parameters": {"strength": "second.radius"},
    "nodes": {
        "first": {
            "type": "blur",
            "inputs": {"image": {"from": "inputs.image"}, "radius": {"from": "inputs.radius"}},
        },
        "second": {"type": "blur", "inputs": {"image": {"from": "first.image"}}},
    },
}


def link(place: str) -> dict[str, str]:
    return {"from": place}


def document(nodes: dict[str, Any], **more: Any) -> Document:
    return load({"format": "graphengine/1", "nodes": nodes, **more})


def graph(home: Home, nodes: dict[str, Any], **more: Any) -> Graph:
    return build(document(nodes, **more), CATALOGUE, home)


def problem(home: Home, nodes: dict[str, Any], **more: Any) -> str:
    with pytest.raises(InvalidWorkflow) as caught:
        graph(home, nodes, **more)
    assert len(caught.value.problems) == 1, caught.value.problems
    return str(caught.value)


def used(**inputs: Any) -> dict[str, Any]:
    return {
        "p": {"type": "photo"},
        "s": {"type": "soft", "inputs": {"image": link("p.image"), **inputs}},
        "out": {"type": "save", "inputs": {"image": link("s.image")}},
    }


def test_its_nodes_join_the_graph(home: Home) -> None:
    made = graph(home, used(), subgraphs={"soft": SOFT})
    assert list(made.nodes) == ["p", "s/first", "s/second", "out"]
    assert made.nodes["s/first"].links == {"image": Link("p", "image")}
    assert made.nodes["s/first"].literals["radius"] == 2.0
    assert made.nodes["out"].links == {"image": Link("s/second", "image")}


def test_literals_links_and_parameters_go_in(home: Home) -> None:
    made = graph(home, used(radius=5, strength=7), subgraphs={"soft": SOFT})
    assert made.nodes["s/first"].literals["radius"] == 5.0
    assert made.nodes["s/second"].literals["radius"] == 7.0


def test_an_input_may_go_straight_through(home: Home) -> None:
    nodes = used() | {"o": {"type": "save", "inputs": {"image": link("s.given")}}}
    assert graph(home, nodes, subgraphs={"soft": SOFT}).nodes["o"].links == {"image": Link("p", "image")}


def test_subgraphs_in_subgraphs(home: Home) -> None:
    outer = {
        "inputs": {"image": "Image"},
        "outputs": {"image": "b.image"},
        "nodes": {
            "a": {"type": "soft", "inputs": {"image": link("inputs.image")}},
            "b": {"type": "soft", "inputs": {"image": link("a.image"), "radius": 9}},
        },
        "subgraphs": {"soft": SOFT},
    }
    nodes = {"p": {"type": "photo"}, "o": {"type": "outer", "inputs": {"image": link("p.image")}}}
    made = graph(home, nodes, subgraphs={"outer": outer})
    assert list(made.nodes) == ["p", "o/a/first", "o/a/second", "o/b/first", "o/b/second"]
    assert made.nodes["o/b/first"].links == {"image": Link("o/a/second", "image")}


@pytest.mark.parametrize(
    "nodes, message",
    [
        (used(radios=1), "node 's' (soft), input 'radios': expected one of 'image', 'radius', 'strength'"),
        (used(radius="wide"), "node 's/first' (blur), input 'radius': expected a number, got 'wide'"),
        ({"s": {"type": "soft"}}, "node 's' (soft), input 'image': expected Image, got nothing"),
        ({"s": {"type": "sofd"}}, "did you mean 'soft'?"),
        (
            used() | {"out": {"type": "save", "inputs": {"image": link("s.imag")}}},
            "node 'out' (save), input 'image': expected a link to a node of this workflow, got 's.imag'",
        ),
    ],
)
def test_a_wrong_use_is_told(home: Home, nodes: Any, message: str) -> None:
    assert message in problem(home, nodes, subgraphs={"soft": SOFT})


def test_one_that_contains_itself_is_refused(home: Home) -> None:
    a = {"nodes": {"x": {"type": "b"}}}
    b = {"nodes": {"y": {"type": "a"}}}
    message = problem(home, {"u": {"type": "a"}}, subgraphs={"a": a, "b": b})
    assert "contains itself: a -> b -> a" in message


def test_nests_that_double_are_refused_in_good_time(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphengine.graph.subgraphs.MOST_NODES", 10_000)
    subgraphs: dict[str, Any] = {"d0": {"nodes": {"p": {"type": "photo"}}}}
    for depth in range(1, 40):
        inner = {"type": f"d{depth - 1}"}
        subgraphs[f"d{depth}"] = {"nodes": {"a": inner, "b": inner}}
    with pytest.raises(Exception, match="more than 10,000 nodes"):
        graph(home, {"u": {"type": "d39"}}, subgraphs=subgraphs)


def test_a_wrong_subgraph_that_nobody_uses_is_told(home: Home) -> None:
    broken = {"nodes": {"b": {"type": "blurr"}}}
    message = problem(home, {"p": {"type": "photo"}}, subgraphs={"odd": broken})
    assert message.startswith("subgraph 'odd': node 'b'")


def test_a_parameter_may_be_an_input_of_a_subgraph(home: Home) -> None:
    workflow = document(used(), subgraphs={"soft": SOFT}, parameters={"r": "s.radius", "t": "s.strength"})
    assert input_at(workflow, CATALOGUE, "s.radius").types == ("float",)
    made = build(apply(workflow, {"r": 4, "t": 6}), CATALOGUE, home)
    assert made.nodes["s/first"].literals["radius"] == 4.0
    assert made.nodes["s/second"].literals["radius"] == 6.0
    assert "did you mean 's.radius'?" in problem(
        home, used(), subgraphs={"soft": SOFT}, parameters={"r": "s.radios"}
    )


def test_the_document_is_written_as_it_was(home: Home) -> None:
    workflow = document(used(radius=3) | {"m": {"type": "photo", "mode": "mute"}}, subgraphs={"soft": SOFT})
    assert load(dump(workflow)) == workflow
    written = workflow.to_dict()
    assert written["nodes"]["m"]["mode"] == "mute"
    assert "mode" not in written["nodes"]["p"]
    assert written["subgraphs"]["soft"]["inputs"]["radius"] == {"type": "float", "default": 2.0}


def chain(**modes: str) -> dict[str, Any]:
    nodes: dict[str, Any] = {
        "p": {"type": "photo"},
        "b": {"type": "blur", "inputs": {"image": link("p.image")}},
        "m": {"type": "to_mask", "inputs": {"image": link("p.image")}},
        "c": {"type": "blur", "inputs": {"image": link("b.image"), "mask": link("m.mask")}},
        "s": {"type": "save", "inputs": {"image": link("c.image")}},
    }
    return {name: each | ({"mode": modes[name]} if name in modes else {}) for name, each in nodes.items()}


def test_muted_nodes_and_what_needs_them_are_not_there(home: Home) -> None:
    made = graph(home, chain(b="mute"))
    assert list(made.nodes) == ["p", "m"]
    assert sorted(made.muted) == ["b", "c", "s"]
    assert made.outputs == ()


def test_an_optional_input_from_a_muted_node_has_its_default(home: Home) -> None:
    made = graph(home, chain(m="mute"))
    assert made.nodes["c"].links == {"image": Link("b", "image")}
    assert made.nodes["c"].literals["mask"] is None


def test_a_bypassed_node_passes_on_what_fits(home: Home) -> None:
    made = graph(home, chain(b="bypass", c="bypass"))
    assert made.nodes["s"].links == {"image": Link("p", "image")}
    assert graph(home, chain(m="bypass")).nodes["c"].literals["mask"] is None  # no mask comes in: as if muted


def test_what_is_muted_need_not_be_sound(home: Home) -> None:
    nodes = chain() | {"x": {"type": "of_a_plugin_that_is_gone", "mode": "mute"}}
    nodes["y"] = {"type": "save", "inputs": {"image": link("x.image")}}
    made = graph(home, nodes)
    assert list(made.nodes) == ["p", "b", "m", "c", "s"]


def test_a_muted_and_a_bypassed_subgraph(home: Home) -> None:
    nodes = used()
    nodes["s"]["mode"] = "mute"
    assert list(graph(home, nodes, subgraphs={"soft": SOFT}).nodes) == ["p"]
    nodes["s"]["mode"] = "bypass"
    made = graph(home, nodes, subgraphs={"soft": SOFT})
    assert made.nodes["out"].links == {"image": Link("p", "image")}


def test_as_many_inputs_as_are_wired(home: Home) -> None:
    nodes = {
        "p": {"type": "photo"},
        "s": {"type": "stack", "inputs": {f"images.{i}": link("p.image") for i in (10, 9, 0)}},
    }
    assert list(graph(home, nodes).nodes["s"].links) == ["images.0", "images.9", "images.10"]


@pytest.mark.parametrize(
    "inputs, message",
    [
        ({}, 'input \'images\': expected at least one Image, got nothing; write "images.0", "images.1"'),
        ({"images.0": link("p.image"), "images": link("p.image")}, "write images.0, images.1 and so on"),
        ({"images.0": link("p.image"), "images.x": link("p.image")}, "got 'images.x'"),
        ({"images.0": link("m.mask")}, "input 'images.0': expected Image, got Mask from 'm.mask'"),
    ],
)
def test_wrong_many_inputs(home: Home, inputs: Any, message: str) -> None:
    nodes = {
        "p": {"type": "photo"},
        "m": {"type": "to_mask", "inputs": {"image": link("p.image")}},
        "s": {"type": "stack", "inputs": inputs},
    }
    assert message in problem(home, nodes)


def test_lists_are_mapped_or_taken_whole(home: Home) -> None:
    nodes = {
        "p": {"type": "photo"},
        "f": {"type": "frames", "inputs": {"image": link("p.image")}},
        "b": {"type": "blur", "inputs": {"image": link("f.value")}},
        "j": {"type": "join", "inputs": {"images": link("b.image")}},
        "s": {"type": "save", "inputs": {"image": link("j.image")}},
    }
    name = graph(home, {"p": nodes["p"], "f": nodes["f"]}).nodes["f"].outputs[0].name
    nodes["b"]["inputs"]["image"] = link(f"f.{name}")
    made = graph(home, nodes)
    assert made.nodes["b"].mapped == {"image": 1}
    assert made.nodes["b"].outputs[0].types == ("list[Image]",)
    assert not made.nodes["j"].mapped
    assert made.nodes["j"].outputs[0].types == ("Image",)


def test_a_generic_output_has_the_type_of_what_came_in(home: Home) -> None:
    nodes = {
        "p": {"type": "photo"},
        "m": {"type": "to_mask", "inputs": {"image": link("p.image")}},
        "a": {"type": "same", "inputs": {"value": link("m.mask")}},
        "g": {"type": "gather", "inputs": {"values.0": link("p.image"), "values.1": link("a.value")}},
    }
    made = graph(home, nodes)
    assert made.nodes["a"].outputs[0].types == ("Mask",)
    assert made.nodes["g"].outputs[0].types == ("list[Image | Mask]",)
    nodes["s"] = {"type": "save", "inputs": {"image": link("a.value")}}
    assert "expected Image, got Mask from 'a.value'" in problem(home, nodes)


def test_a_generic_input_has_its_bounds(home: Home) -> None:
    nodes = {"p": {"type": "photo"}, "f": {"type": "flip", "inputs": {"value": link("p.image")}}}
    assert graph(home, nodes).nodes["f"].outputs[0].types == ("Image",)
    nodes["s"] = {"type": "same", "inputs": {"value": 5}}
    nodes["f"] = {"type": "flip", "inputs": {"value": link("s.value")}}
    assert "expected Image | Mask, got int from 's.value'" in problem(home, nodes)


def test_saved_workflows_are_embedded(home: Home) -> None:
    saved = {
        "soft": load({"format": "graphengine/1", **SOFT}),
        "twice": document(
            {
                "a": {"type": "soft.json", "inputs": {"image": link("inputs.image")}},
                "b": {"type": "soft.json", "inputs": {"image": link("a.image")}},
            },
            inputs={"image": "Image"},
            outputs={"image": "b.image"},
        ),
    }
    nodes = {"p": {"type": "photo"}, "t": {"type": "twice.json", "inputs": {"image": link("p.image")}}}
    embedded = embed_saved(document(nodes), saved.get)
    assert set(embedded.subgraphs) == {"soft.json", "twice.json"}
    assert list(build(embedded, CATALOGUE, home).nodes)[-1] == "t/b/second"
    with pytest.raises(InvalidWorkflow, match=r"there is no saved workflow 'nothing\.json'"):
        embed_saved(document({"x": {"type": "nothing.json"}}), saved.get)


def test_one_that_is_run_by_itself_has_its_defaults(home: Home) -> None:
    workflow = load({"format": "graphengine/1", **SOFT})
    made = build(workflow, CATALOGUE, home)
    assert made.nodes["first"].literals["radius"] == 2.0
    with pytest.raises(GraphEngineError, match="this workflow takes 'image', and nothing gives it"):
        plan(made)


def test_a_large_document_with_subgraphs_takes_linear_time(home: Home) -> None:
    def steps(count: int) -> int:
        """Python functions that are called, which no busy machine changes."""
        nodes: dict[str, Any] = {"n0": {"type": "photo"}}
        for index in range(1, count):
            nodes[f"n{index}"] = {"type": "soft", "inputs": {"image": link(f"n{index - 1}.image")}}
        data = document(nodes, subgraphs={"soft": SOFT})
        called = 0

        def count_calls(frame: object, event: str, argument: object) -> None:
            nonlocal called
            called += event == "call"

        sys.setprofile(count_calls)
        try:
            build(data, CATALOGUE, home)
        finally:
            sys.setprofile(None)
        return called

    steps(100)
    assert steps(4000) < 9 * steps(500)
