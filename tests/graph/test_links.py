from typing import Any

import pytest

from graphengine.graph import Graph, build
from graphengine.home import Home
from tests.graph.graph_nodes import CATALOGUE, document, problems, the_problem


def test_the_order_is_the_document_s_where_links_allow(home: Home) -> None:
    graph = build(
        document(c="photo", b=("vae_encode", {"image": "<z.image"}), a="photo", z="photo"), CATALOGUE, home
    )
    assert graph.order == ("c", "a", "z", "b")


def test_missing_link(home: Home) -> None:
    assert the_problem(home, x="vae_decode") == (
        "missing_input",
        "node 'x' (vae_decode), input 'latent': expected Latent, got nothing; "
        "link it from the output 'latent' of a vae_encode node",
    )


def test_missing_link_that_a_node_of_the_document_gives(home: Home) -> None:
    assert the_problem(home, p="photo", x="vae_encode")[1] == (
        "node 'x' (vae_encode), input 'image': expected Image, got nothing; link it: {\"from\": \"p.image\"}"
    )


def test_wrong_link_names_the_node_that_converts(home: Home) -> None:
    assert the_problem(home, photo="photo", decode=("vae_decode", {"latent": "<photo.image"})) == (
        "wrong_link",
        "node 'decode' (vae_decode), input 'latent': expected Latent, got Image from 'photo.image'; "
        "encode it first with vae_encode",
    )


def test_wrong_link_where_nothing_converts(home: Home) -> None:
    assert the_problem(home, p="photo", x=("add", {"a": "<p.image"}))[1] == (
        "node 'x' (add), input 'a': expected int, got Image from 'p.image'"
    )


def test_a_literal_for_a_socket(home: Home) -> None:
    assert the_problem(home, p="photo", x=("vae_encode", {"image": "cat.png"})) == (
        "wrong_type",
        "node 'x' (vae_encode), input 'image': expected a link to Image, got 'cat.png'; "
        'link it: {"from": "p.image"}',
    )


def test_a_link_to_a_node_that_is_not_there(home: Home) -> None:
    assert the_problem(home, photo="photo", x=("vae_encode", {"image": "<phoot.image"})) == (
        "link_to_nowhere",
        "node 'x' (vae_encode), input 'image': expected a link to a node of this workflow, "
        "got 'phoot.image'; did you mean 'photo.image'?",
    )


@pytest.mark.parametrize("link", ["p.imgae", "p"])
def test_a_link_to_an_output_that_is_not_there(home: Home, link: str) -> None:
    kind, text = the_problem(home, p="photo", x=("vae_encode", {"image": f"<{link}"}))
    assert kind == "link_to_nowhere"
    assert text.startswith(f"node 'x' (vae_encode), input 'image': expected 'p.image', got '{link}'")


def test_a_link_to_a_node_without_outputs(home: Home) -> None:
    text = problems(
        home, m=("need_mask", {"mask": "<k.mask"}), k=("maybe", {}), x=("vae_encode", {"image": "<m.x"})
    )[-1]
    assert str(text) == (
        "node 'x' (vae_encode), input 'image': expected an output, and 'm' has none, got 'm.x'"
    )


def test_a_link_to_a_broken_node_is_no_second_problem(home: Home) -> None:
    assert the_problem(home, p="phto", x=("vae_encode", {"image": "<p.image"}))[0] == "unknown_node"


@pytest.mark.parametrize(
    ("giver", "taker", "input", "fits"),
    [
        ("add", "half", "a", True),  # an int passes for a float
        ("half", "add", "a", False),
        ("anything", "vae_encode", "image", True),
        ("photo", "anything", "value", True),
        ("photo", "either", "what", True),
        ("either", "vae_encode", "image", False),  # it may be a mask
        ("maybe", "sample", "mask", True),
        ("maybe", "need_mask", "mask", False),  # it may be nothing
        ("sum_all", "sum_all", "numbers", True),
        ("add", "sample", "steps", True),
        ("load_model", "sample", "model", True),  # a subclass passes for its base
    ],
)
def test_which_types_fit(home: Home, giver: str, taker: str, input: str, fits: bool) -> None:
    home.models.mkdir(parents=True)
    (home.models / "m").touch()
    required = {"add": {"a": 1}, "half": {"a": 1}, "load_model": {"name": "m"}, "sum_all": {"numbers": [1]}}
    schema = CATALOGUE.get(giver)
    assert schema is not None
    extra = {"photo": "photo", "mask": "maybe"}
    inputs: dict[str, Any] = {"either": {"what": "<photo.image"}}.get(giver, required.get(giver, {}))
    taken: dict[str, Any] = {input: f"<giver.{schema.outputs[0].name}"}
    if taker == "sample":
        extra["encode"] = ("vae_encode", {"image": "<photo.image"})  # type: ignore[assignment]
        taken["latent"] = "<encode.latent"
    nodes = {**extra, "giver": (giver, inputs), "taker": (taker, taken)}
    if fits:
        assert isinstance(build(document(**nodes), CATALOGUE, home), Graph)
    else:
        assert the_problem(home, **nodes)[0] == "wrong_link"
