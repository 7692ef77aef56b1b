import sys
from typing import Annotated, Any, Literal, NamedTuple

import networkx
import pytest

from graphengine.authoring import Choice, Choices, Field, Image, Latent, Mask, Seed, node
from graphengine.authoring.catalogue import Catalogue
from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.graph import Graph, Link, build, load
from graphengine.home import Home


class Model:
    pass


class SpecialModel(Model):
    pass


class Files(Choices):
    @classmethod
    def options(cls, home: Home) -> list[str]:
        return sorted(path.name for path in home.models.glob("*"))

    @classmethod
    def hint(cls, home: Home) -> str:
        return "put one into models/"


class Sampled(NamedTuple):
    latent: Latent
    steps: int


@node(category="t")
def photo() -> Image: ...


@node(category="t")
def load_model(name: Choice[Files]) -> SpecialModel: ...


@node(category="t")
def vae_encode(image: Image) -> Latent: ...


@node(category="t")
def vae_encode_for_inpainting(image: Image, mask: Mask) -> Latent: ...


@node(category="t")
def vae_decode(latent: Latent) -> Image: ...


@node(category="t")
def sample(
    latent: Latent,
    model: Model | None = None,
    seed: Seed = 0,
    steps: Annotated[int, Field(ge=1, le=100)] = 20,
    method: Literal["euler", "heun"] = "euler",
    mask: Mask | None = None,
    guidance: float = 7,
) -> Sampled: ...


@node(category="t")
def add(a: int, b: int = 1) -> int: ...


@node(category="t")
def half(a: float) -> float: ...


@node(category="t")
def anything(value: Any = None) -> Any: ...


@node(category="t")
def maybe() -> Mask | None: ...


@node(category="t")
def need_mask(mask: Mask) -> None: ...


@node(category="t")
def either(what: Image | Mask) -> Image | Mask: ...


@node(category="t")
def sum_all(numbers: list[float]) -> list[int]: ...


CATALOGUE = Catalogue.of(
    photo,
    load_model,
    vae_encode,
    vae_encode_for_inpainting,
    vae_decode,
    sample,
    add,
    half,
    anything,
    maybe,
    need_mask,
    either,
    sum_all,
)


def document(parameters: dict[str, str] | None = None, **nodes: tuple[str, dict[str, Any]] | str) -> Any:
    written = {}
    for name, given in nodes.items():
        type, inputs = (given, {}) if isinstance(given, str) else given
        linked = {
            key: {"from": value[1:]} if isinstance(value, str) and value.startswith("<") else value
            for key, value in inputs.items()
        }
        written[name] = {"type": type, "inputs": linked}
    return load({"format": "graphengine/1", "nodes": written, "parameters": parameters or {}})


def problems(home: Home, parameters: dict[str, str] | None = None, **nodes: Any) -> list[GraphEngineError]:
    with pytest.raises(InvalidWorkflow) as caught:
        build(document(parameters, **nodes), CATALOGUE, home)
    return list(caught.value.problems)


def the_problem(home: Home, **nodes: Any) -> tuple[str, str]:
    (problem,) = problems(home, **nodes)
    return problem.kind, str(problem)


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


def test_a_literal_for_a_socket(home: Home) -> None:
    assert the_problem(home, p="photo", x=("vae_encode", {"image": "cat.png"})) == (
        "wrong_type",
        "node 'x' (vae_encode), input 'image': expected a link to Image, got 'cat.png'; "
        'link it: {"from": "p.image"}',
    )


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


def test_names_without_dots(home: Home) -> None:
    found = problems(home, **{"a.b": "photo", "": "photo"})
    assert [str(problem) for problem in found] == [
        "node 'a.b' (photo): expected a name without dots, got 'a.b'; call it 'a_b'",
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


def test_a_subgraph_says_that_it_cannot_run(home: Home) -> None:
    data = {"format": "graphengine/1", "nodes": {"x": {"type": "mine"}}, "subgraphs": {"mine": {}}}
    with pytest.raises(InvalidWorkflow) as caught:
        build(load(data), CATALOGUE, home)
    assert caught.value.kind == "subgraph"
    assert "got the subgraph 'mine'" in str(caught.value)


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
        (None, "parameter"),
        ("d", "cycle"),
    ]


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
