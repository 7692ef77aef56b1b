"""Nodes that the tests of the graph link, and a workflow of them in short."""

from typing import Annotated, Any, Literal, NamedTuple

import pytest

from graphengine.authoring import Choice, Choices, Field, Image, Latent, Mask, Seed, node
from graphengine.authoring.catalogue import Catalogue
from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.graph import build, load
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
