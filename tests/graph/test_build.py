from typing import Any

import pytest

from graphengine.graph import Link, build
from graphengine.home import Home
from tests.graph.graph_nodes import CATALOGUE, document, problems, the_problem


def test_a_sound_graph(home: Home) -> None:
    graph = build(
        document(
            out=("vae_decode", {"latent": "<s.latent"}),
            s=("sample", {"latent": "<e.latent", "guidance": 3, "seed": 2**64 - 1}),
            e=("vae_encode", {"image": "<p.image"}),
            p="photo",
        ),
        CATALOGUE,
        home,
    )
    assert graph.order == ("p", "e", "s", "out")
    assert graph.nodes["s"].links == {"latent": Link("e", "latent")}
    assert graph.nodes["s"].literals == {
        "model": None,
        "seed": 2**64 - 1,
        "steps": 20,
        "method": "euler",
        "mask": None,
        "guidance": 3.0,
    }
    assert type(graph.nodes["s"].literals["guidance"]) is float
    assert graph.outputs == ("out",)
    assert str(graph).splitlines()[2] == "s (sample): latent <- e.latent"


def test_an_empty_document_is_a_graph(home: Home) -> None:
    assert build(document(), CATALOGUE, home).order == ()


def test_overrides_set_inputs(home: Home) -> None:
    graph = build(document(a=("add", {"a": 1})), CATALOGUE, home, {"a.a": 5, "a.b": 6})
    assert graph.nodes["a"].literals == {"a": 5, "b": 6}


def test_unknown_node_type(home: Home) -> None:
    assert the_problem(home, x="vae_decod") == (
        "unknown_node",
        "node 'x' (vae_decod): expected a known node type, got 'vae_decod'; did you mean 'vae_decode'?",
    )


def test_missing_literal(home: Home) -> None:
    assert the_problem(home, x="add") == (
        "missing_input",
        "node 'x' (add), input 'a': expected an integer, got nothing",
    )


def test_unknown_input(home: Home) -> None:
    assert the_problem(
        home,
        x=("sample", {"latent": "<e.latent", "stps": 3}),
        e=("vae_encode", {"image": "<p.image"}),
        p="photo",
    ) == (
        "unknown_input",
        "node 'x' (sample), input 'stps': expected one of 'latent', 'model', 'seed', 'steps', 'method', "
        "'mask', 'guidance', got 'stps'; did you mean 'steps'?",
    )


def test_unknown_input_of_a_node_without_any(home: Home) -> None:
    assert (
        the_problem(home, x=("photo", {"a": 1}))[1]
        == "node 'x' (photo), input 'a': expected no input, got 'a'"
    )


@pytest.mark.parametrize(
    ("value", "kind", "message"),
    [
        ("7", "wrong_type", "expected an integer, got '7'; write 7 without quotes"),
        (True, "wrong_type", "expected an integer, got true"),
        (1.0, "wrong_type", "expected an integer, got 1.0"),
        (None, "wrong_type", "expected an integer, got null"),
        ({"from": "a", "x": 1}, "wrong_type", 'expected an integer, got {"from": "a", "x": 1}'),
    ],
)
def test_wrong_literal(home: Home, value: Any, kind: str, message: str) -> None:
    assert the_problem(home, x=("add", {"a": value})) == (kind, f"node 'x' (add), input 'a': {message}")


@pytest.mark.parametrize(
    ("inputs", "kind", "message"),
    [
        ({"steps": 0}, "out_of_range", "input 'steps': expected an integer >= 1, got 0"),
        ({"steps": 101}, "out_of_range", "input 'steps': expected an integer <= 100, got 101"),
        ({"seed": -1}, "out_of_range", "input 'seed': expected an integer >= 0, got -1"),
        (
            {"method": "eulr"},
            "not_a_choice",
            "input 'method': expected one of 'euler', 'heun', got 'eulr'; did you mean 'euler'?",
        ),
        ({"model": 3}, "wrong_type", "input 'model': expected a link to Model, got 3"),
    ],
)
def test_values_that_do_not_fit(home: Home, inputs: dict[str, Any], kind: str, message: str) -> None:
    nodes = {
        "p": "photo",
        "e": ("vae_encode", {"image": "<p.image"}),
        "s": ("sample", {"latent": "<e.latent", **inputs}),
    }
    found_kind, text = the_problem(home, **nodes)
    assert found_kind == kind
    assert text.startswith(f"node 's' (sample), {message}")


def test_a_choice_is_checked_against_what_is_found(home: Home) -> None:
    home.models.mkdir(parents=True)
    for name in ("shapes.safetensors", "other.safetensors"):
        (home.models / name).touch()
    assert build(document(m=("load_model", {"name": "shapes.safetensors"})), CATALOGUE, home).order == ("m",)
    assert the_problem(home, m=("load_model", {"name": "shape.safetensors"})) == (
        "not_a_choice",
        "node 'm' (load_model), input 'name': expected one of 'other.safetensors', 'shapes.safetensors', "
        "got 'shape.safetensors'; did you mean 'shapes.safetensors'?",
    )


def test_a_choice_where_nothing_is_found(home: Home) -> None:
    assert the_problem(home, m=("load_model", {"name": "x"}))[1] == (
        "node 'm' (load_model), input 'name': expected one of the values found, and there are none, "
        "got 'x'; put one into models/"
    )


def test_names_without_dots(home: Home) -> None:
    found = problems(home, **{"a.b": "photo", "": "photo"})
    assert [str(problem) for problem in found] == [
        "node 'a.b' (photo): expected a name without dots and slashes, got 'a.b'; call it 'a_b'",
        "node '' (photo): expected a name, got ''",
    ]


@pytest.mark.parametrize(
    ("place", "message"),
    [
        (
            "a.bb",
            "parameter 'p': expected one of 'a.a', 'a.b', got 'a.bb'; did you mean 'a.b'?",
        ),
        ("x.a", "parameter 'p': expected an input of a node of this workflow, got 'x.a'"),
        ("ab", "parameter 'p': expected an input, written 'node.input', got 'ab'"),
        ("e.image", "parameter 'p': expected an input that takes a value, got 'e.image', which is Image"),
    ],
)
def test_a_parameter_that_points_nowhere(home: Home, place: str, message: str) -> None:
    nodes = {"a": ("add", {"a": 1}), "e": ("vae_encode", {"image": "<photo.image"}), "photo": "photo"}
    (problem,) = problems(home, {"p": place}, **nodes)
    assert (problem.kind, str(problem)) == ("parameter", message)


def test_every_problem_is_told_at_once(home: Home) -> None:
    found = problems(
        home,
        {"p": "nowhere.x"},
        a="ad",
        b=("add", {"a": "1", "c": 2}),
        c="vae_decode",
        d=("add", {"a": "<e.value"}),
        e=("add", {"a": "<d.value"}),
    )
    assert [(problem.node, problem.kind) for problem in found] == [
        ("a", "unknown_node"),
        ("b", "wrong_type"),
        ("b", "unknown_input"),
        ("c", "missing_input"),
        ("d", "cycle"),
        (None, "parameter"),
    ]
