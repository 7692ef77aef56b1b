"""What return annotations say: several outputs, what may come instead of a value, outputs of bodies."""

from typing import Annotated, Any, Generic, NamedTuple, TypeVar

import pytest

from graphengine.authoring import (
    Blocked,
    Body,
    CarriedTurns,
    EveryTurn,
    Expansion,
    Field,
    Image,
    LastTurn,
    Lazy,
    Mask,
    node,
)
from graphengine.authoring.definition import node_definition
from graphengine.authoring.schema import NodeSchema
from graphengine.errors import DefinitionError

T = TypeVar("T")
Picture = TypeVar("Picture", Image, Mask)


class Handle:
    pass


class SpecialHandle(Handle):
    pass


class Several(NamedTuple):
    """Two.

    image: of these, one.
    """

    image: Image | Blocked
    masks: list[Mask] | Lazy[list[Mask]] | None


class Labelled(NamedTuple, Generic[T]):
    item: T
    others: list[T]
    label: str


def made(returned: Any = None, **inputs: Any) -> NodeSchema:
    """The schema of a function with these annotations, each parameter without a default."""
    parameters = ", ".join(inputs)
    space: dict[str, Any] = {}
    exec(f"def made({parameters}): pass", space)
    space["made"].__annotations__ = {**inputs, "return": returned}
    found = node_definition(node(category="test")(space["made"]))
    assert found is not None
    return found.schema


def test_a_variable_may_be_optional_on_its_way_out() -> None:
    assert made(returned=T | None, a=T).outputs[0].types == ("~T", "None")


def test_a_variable_in_one_of_several_outputs() -> None:
    outputs = made(returned=Labelled[Picture], a=Picture).outputs
    assert [(each.name, each.types) for each in outputs] == [
        ("item", ("~Picture",)),
        ("others", ("list[~Picture]",)),
        ("label", ("str",)),
    ]
    assert made(returned=Labelled[Image]).outputs[1].types == ("list[Image]",)


def test_bases_of_the_items_of_a_list_are_known() -> None:
    (output,) = made(returned=list[SpecialHandle]).outputs
    assert (output.name, output.types) == ("value", ("list[SpecialHandle]",))
    assert output.supertypes == {"SpecialHandle": ("Handle",)}


@pytest.mark.parametrize(
    ("annotation", "expands", "outputs"),
    [
        (Image, False, [("image", ("Image",))]),
        (Image | Expansion, True, [("image", ("Image",))]),
        (Image | Lazy[Image], False, [("image", ("Image",))]),
        (Lazy[Image] | Blocked | Expansion, True, [("image", ("Image",))]),
        (Image | Blocked, False, [("image", ("Image",))]),
        (Image | Blocked | None, False, [("image", ("Image", "None"))]),
        (Annotated[int, Field(ge=1)] | Blocked, False, [("value", ("int",))]),
        (Several | Expansion, True, [("image", ("Image",)), ("masks", ("list[Mask]", "None"))]),
        (Expansion, True, []),
        (None | Expansion, True, []),
        (Expansion | Blocked, True, []),
    ],
)
def test_what_may_come_instead_of_a_value(annotation: Any, expands: bool, outputs: object) -> None:
    schema = made(returned=annotation)
    assert schema.expands is expands
    assert [(each.name, each.types) for each in schema.outputs] == outputs
    assert schema.turns is None


def test_outputs_of_a_named_tuple_keep_their_tooltips() -> None:
    assert [each.tooltip for each in made(returned=Several | Expansion).outputs] == ["of these, one.", ""]


@pytest.mark.parametrize(
    ("annotation", "turns"), [(LastTurn, "last"), (EveryTurn, "every"), (CarriedTurns, "carried")]
)
def test_the_outputs_of_bodies(annotation: Any, turns: str) -> None:
    schema = made(returned=annotation, body=Body)
    assert (schema.expands, schema.turns, schema.outputs) == (True, turns, ())


@pytest.mark.parametrize(
    ("annotations", "message"),
    [
        ({"returned": T}, "no input says what the type variable T of an output stands for"),
        (
            {"returned": list[T], "a": Picture},
            "no input says what the type variable T of an output stands for",
        ),
        (
            {"returned": Labelled, "a": Picture},
            "no input says what the type variable T of an output stands for",
        ),
        ({"returned": LastTurn}, "gives the outputs of its bodies, so it needs an input of type Body"),
        ({"returned": Image | LastTurn, "a": Body}, "return: what comes from its bodies stands alone"),
        ({"returned": Blocked}, "return: Blocked stands in place of a value; say of which type"),
        ({"returned": Body}, "return: a Body comes in, and never out"),
        ({"returned": list[Expansion]}, "return: Expansion belongs into the return annotation"),
    ],
)
def test_definition_errors(annotations: dict[str, Any], message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        made(**annotations)


def test_one_output_of_several_is_no_expansion() -> None:
    class Pair(NamedTuple):
        a: Image | Expansion

    class Gate(NamedTuple):
        a: Blocked

    with pytest.raises(DefinitionError, match="output 'a' of Pair: the node as a whole may be an Expansion"):
        made(returned=Pair)
    with pytest.raises(DefinitionError, match="output 'a' of Gate: Blocked stands in place of a value"):
        made(returned=Gate)
