"""What signatures say beyond plain inputs: lazy, many, generic, bodies, expansion, async, lanes."""

import json
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import pytest

from graphengine.authoring import (
    Blocked,
    Body,
    Choice,
    Choices,
    Context,
    Expansion,
    Field,
    Gets,
    Gives,
    Image,
    LastTurn,
    Latent,
    Lazy,
    Mask,
    Slider,
    node,
)
from graphengine.authoring.definition import node_definition
from graphengine.authoring.schema import InputSchema, NodeSchema
from graphengine.errors import DefinitionError

T = TypeVar("T")
U = TypeVar("U")
Picture = TypeVar("Picture", Image, Mask)
Number = TypeVar("Number", int, float)
Sized = TypeVar("Sized", bound=Image | Latent | None)
Small = TypeVar("Small", bound=int)


class Colours(Choices):
    @classmethod
    def options(cls, home: object) -> list[str]:
        return ["red"]


def schema_of(target: Callable[..., Any], **arguments: Any) -> NodeSchema:
    found = node_definition(node(category="test", **arguments)(target))
    assert found is not None
    return found.schema


def made(returned: Any = None, **inputs: Any) -> NodeSchema:
    """The schema of a function with these annotations, each parameter without a default."""
    parameters = ", ".join(inputs)
    space: dict[str, Any] = {}
    exec(f"def made({parameters}): pass", space)
    space["made"].__annotations__ = {**inputs, "return": returned}
    return schema_of(space["made"])


def input_of(annotation: Any) -> InputSchema:
    return made(a=annotation).inputs[0]


@pytest.mark.parametrize(
    ("annotation", "types", "literal"),
    [
        (Lazy[Image], ("Image",), None),
        (Lazy[Image | Mask], ("Image", "Mask"), None),
        (Lazy[Image] | Lazy[Mask], ("Image", "Mask"), None),
        (Lazy[Any], ("Any",), {}),
        (Lazy[list[Image]], ("list[Image]",), None),
        (Lazy[Annotated[float, Slider(0, 1)]], ("float",), None),
        (Annotated[Lazy[int], Field(ge=1)], ("int",), {"type": "integer", "minimum": 1}),
    ],
)
def test_a_lazy_input_has_the_types_of_what_is_in_it(annotation: Any, types: object, literal: Any) -> None:
    read = input_of(annotation)
    assert (read.lazy, read.types) == (True, types)
    assert literal is None or read.literal == literal


def test_an_optional_lazy_input() -> None:
    def mask(mask: Lazy[Mask] | None = None) -> None:
        pass

    (read,) = schema_of(mask).inputs
    assert (read.lazy, read.types, read.required, read.default, read.nullable) == (
        True,
        ("Mask",),
        False,
        None,
        True,
    )


def test_other_inputs_are_not_lazy() -> None:
    schema = made(a=Image, b=list[int])
    assert [each.lazy for each in schema.inputs] == [False, False]
    assert not schema.lazy


def test_as_many_as_are_wired() -> None:
    def stack(
        first: Image, *images: Image, scale: float = 1.0, **values: Annotated[int, Field(ge=0)]
    ) -> Image:
        """Stack.

        images: from top to bottom.
        """
        return first

    schema = schema_of(stack)
    first, images, scale, values = schema.inputs
    assert [each.many for each in schema.inputs] == ["", "list", "", "named"]
    assert (images.types, images.literal, images.tooltip) == (("Image",), None, "from top to bottom.")
    assert (values.types, values.literal) == (("int",), {"type": "integer", "minimum": 0})
    assert schema.required == (first,)
    assert schema.defaults == {"scale": 1.0}
    assert scale.many == ""


def test_many_lazy_options() -> None:
    def choose(option: str, **options: Lazy[T]) -> T | Lazy[T]:
        return options[option]

    schema = schema_of(choose)
    options = schema.inputs[1]
    assert (options.lazy, options.many, options.types, options.literal) == (True, "named", ("~T",), {})
    assert [(each.name, each.types) for each in schema.outputs] == [("value", ("~T",))]


def test_many_of_a_choice() -> None:
    def name(*names: Choice[Colours]) -> None:
        pass

    (read,) = schema_of(name).inputs
    assert read.choices == f"{__name__}:Colours"


@pytest.mark.parametrize(
    ("variable", "stands_for", "literal", "nullable"),
    [
        (T, ("Any",), {}, True),
        (Picture, ("Image", "Mask"), None, False),
        (Number, ("int", "float"), {"anyOf": [{"type": "integer"}, {"type": "number"}]}, False),
        (Sized, ("Image", "Latent", "None"), None, False),
        (Small, ("int",), {"type": "integer"}, False),
    ],
)
def test_type_variables(variable: Any, stands_for: object, literal: Any, nullable: bool) -> None:
    schema = made(returned=list[variable], a=variable, b=list[variable])
    first, second = schema.inputs
    name = variable.__name__
    assert (first.types, first.literal, first.nullable) == ((f"~{name}",), literal, nullable)
    assert second.types == (f"list[~{name}]",)
    assert (second.literal is None) == (literal is None)
    assert not second.nullable
    assert [each.types for each in schema.outputs] == [(f"list[~{name}]",)]
    assert schema.variables == {name: stands_for}


def test_a_list_of_a_free_variable_takes_any_list() -> None:
    adapter = input_of(list[T]).adapter
    assert adapter is not None
    assert adapter.validate_python([1, "a", None]) == [1, "a", None]


def test_a_body() -> None:
    read = input_of(Body)
    assert (read.types, read.literal, read.gets, read.gives) == (("Body",), {"type": "string"}, {}, {})
    assert not read.nullable


def test_what_a_body_gets_and_must_give() -> None:
    def walk(
        items: list[T],
        start: U,
        body: Annotated[
            Body, Gets(item=T, index=int, total=U | None), Gives(total=U), Field(description="do")
        ],
    ) -> LastTurn:
        return Expansion()

    body = schema_of(walk).inputs[2]
    assert body.gets == {"item": ("~T",), "index": ("int",), "total": ("~U", "None")}
    assert body.gives == {"total": ("~U",)}
    assert body.tooltip == "do"


def test_a_body_may_be_left_out() -> None:
    def maybe(body: Annotated[Body, Gets(index=int)] | None = None) -> LastTurn:
        return Expansion()

    (body,) = schema_of(maybe).inputs
    assert (body.types, body.required, body.default, body.gets) == (
        ("Body",),
        False,
        None,
        {"index": ("int",)},
    )
    assert body.literal == {"anyOf": [{"type": "string"}, {"type": "null"}]}


def test_bodies_by_name() -> None:
    read = input_of(dict[str, Body])
    assert read.types == ("dict[Body]",)
    assert read.literal == {"type": "object", "additionalProperties": {"type": "string"}}
    assert read.gets == {}


def test_other_inputs_get_nothing() -> None:
    assert input_of(str).gets is None
    assert input_of(dict[str, str]).gets is None


def test_an_async_function() -> None:
    async def fetch(address: str) -> str:
        return address

    schema = schema_of(fetch)
    assert (schema.asynchronous, schema.lane) == (True, "cpu")
    assert not made().asynchronous


def test_a_class_whose_run_is_async() -> None:
    class Fetch:
        async def run(self, address: str, **headers: str) -> str | Expansion:
            return address

    schema = schema_of(Fetch)
    assert (schema.asynchronous, schema.expands, schema.inputs[1].many) == (True, True, "named")


@pytest.mark.parametrize("lane", ["cpu", "io", "device", "printer_2"])
def test_lanes(lane: str) -> None:
    def work() -> None:
        pass

    assert schema_of(work, lane=lane).lane == lane


@pytest.mark.parametrize("lane", ["", "CPU", "cuda:0", "2nd", "my lane"])
def test_a_lane_is_a_word(lane: str) -> None:
    def work() -> None:
        pass

    with pytest.raises(DefinitionError, match="node 'work': a lane is a lower-case word"):
        schema_of(work, lane=lane)


def test_an_async_function_takes_no_lane() -> None:
    async def fetch() -> None:
        pass

    with pytest.raises(DefinitionError, match=r"node 'fetch': an async function .* leave out lane='io'"):
        schema_of(fetch, lane="io")


def test_a_hook_may_take_the_many() -> None:
    def check(values: dict[str, int], context: Context) -> None:
        pass

    def add(**values: int) -> int:
        return sum(values.values())

    assert schema_of(add, validate=check).validated


def test_schemas_survive_json() -> None:
    async def everything(
        first: T,
        *images: Lazy[Picture],
        body: Annotated[Body, Gets(item=T), Gives(again=bool)],
        bodies: dict[str, Body],
        option: Lazy[int] | None = None,
        **values: float,
    ) -> LastTurn:
        return Expansion()

    schema = schema_of(everything)
    assert NodeSchema.from_dict(json.loads(json.dumps(schema.to_dict()))) == schema


AnotherT = TypeVar("T", bound=Image)  # type: ignore[misc]
OfLazy = TypeVar("OfLazy", bound=Lazy[int])


@pytest.mark.parametrize(
    ("annotations", "message"),
    [
        ({"a": Lazy}, "parameter 'a': Lazy.* needs to say of which type"),
        ({"a": Lazy[Image] | Mask}, "parameter 'a': either all of its types are Lazy, or none is"),
        ({"a": Lazy[Lazy[int]]}, "parameter 'a': Lazy.* is lazy twice"),
        ({"a": list[Lazy[int]]}, "parameter 'a': a list holds values"),
        ({"a": list[Body]}, "parameter 'a': a list holds values"),
        ({"a": dict[str, Lazy[int]]}, "a dict has str keys and JSON values"),
        ({"a": Lazy[Body]}, "parameter 'a': .*leave out Lazy"),
        ({"a": Body | Image}, "parameter 'a': a Body goes together with None, and with no other type"),
        ({"a": Image | Blocked}, "parameter 'a': Blocked belongs into the return annotation"),
        ({"a": Image | Expansion}, "parameter 'a': Expansion belongs into the return annotation"),
        ({"a": Annotated[int, Gets(b=int)]}, "parameter 'a': Gets.* about a Body only"),
        ({"a": Annotated[int, Gives(b=int)]}, "parameter 'a': Gives.* about a Body only"),
        ({"a": Annotated[Body, Gets(b=tuple)]}, "parameter 'a': .*use list"),
        ({"a": Annotated[Body, Gets(b=T)]}, "no input says what the type variable T of what its body gets"),
        ({"a": OfLazy}, "parameter 'a': the type variable OfLazy stands for plain types only"),
        ({"a": T, "b": AnotherT}, "two different type variables are named T"),
    ],
)
def test_definition_errors(annotations: dict[str, Any], message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        made(**annotations)


def test_as_many_bodies_are_an_object() -> None:
    def switch(**bodies: Body) -> LastTurn:
        return Expansion()

    with pytest.raises(DefinitionError, match=r"parameter 'bodies': .*write bodies: dict\[str, Body\]"):
        schema_of(switch)
