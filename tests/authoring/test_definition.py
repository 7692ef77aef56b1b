from typing import Annotated, Any, Literal, NamedTuple

import pytest

from graphengine.authoring import Choice, Choices, Context, Field, Image, Latent, Mask, Seed, Slider, node
from graphengine.authoring.definition import NodeDefinition, node_definition
from graphengine.authoring.schema import InputSchema, NodeSchema
from graphengine.errors import DefinitionError


class Pair(NamedTuple):
    """Two results.

    second: the larger one.
    """

    first: int
    second: Annotated[float, Field(description="in metres")]


class Colours(Choices):
    @classmethod
    def options(cls, home: object) -> list[str]:
        return ["red"]


class Handle:
    pass


class SpecialHandle(Handle):
    pass


def definition_of(target: object) -> NodeDefinition:
    found = node_definition(target)
    assert found is not None
    return found


def schema_of(target: object) -> NodeSchema:
    return definition_of(target).schema


def input_of(annotation: Any, *default: Any) -> InputSchema:
    def probe(x):  # type: ignore[no-untyped-def]
        pass

    probe.__annotations__ = {"x": annotation, "return": None}
    probe.__defaults__ = default or None
    return schema_of(node(category="test")(probe)).inputs[0]


def test_a_decorated_function_is_the_same_function() -> None:
    def add(a: int, b: int = 1) -> int:
        return a + b

    marked = node(category="math")(add)
    assert marked is add
    assert marked(2) == 3


def test_the_signature_is_the_schema() -> None:
    @node(category="image/mix", version="3", output=True, deprecated="blend2")
    def blend(image: Image, amount: Annotated[float, Slider(0, 1)] = 0.5) -> Image:
        """Mix two images.

        image: the first one.
        """
        return image

    schema = schema_of(blend)
    assert (schema.type, schema.category, schema.version) == ("blend", "image/mix", "3")
    assert schema.output
    assert schema.deprecated == "blend2"
    assert schema.description.startswith("Mix two images.")
    image, amount = schema.inputs
    assert (image.types, image.required, image.literal, image.tooltip) == (
        ("Image",),
        True,
        None,
        "the first one.",
    )
    assert (amount.types, amount.required, amount.default) == (("float",), False, 0.5)
    assert amount.literal == {"type": "number", "minimum": 0, "maximum": 1, "widget": "slider"}
    assert [(each.name, each.types) for each in schema.outputs] == [("image", ("Image",))]


def test_schemas_survive_json() -> None:
    import json

    @node(category="t")
    def many(
        a: Image | Mask,
        b: Choice[Colours] = "red",
        c: list[int] | None = None,
        seed: Seed = 3,
        d: Any = None,
    ) -> Pair:
        return Pair(1, 2.0)

    schema = schema_of(many)
    assert NodeSchema.from_dict(json.loads(json.dumps(schema.to_dict()))) == schema


def test_a_named_tuple_is_several_outputs() -> None:
    @node(category="t")
    def two() -> Pair:
        return Pair(1, 2.0)

    first, second = schema_of(two).outputs
    assert (first.name, first.types, first.tooltip) == ("first", ("int",), "")
    assert (second.name, second.types, second.tooltip) == ("second", ("float",), "in metres")


@pytest.mark.parametrize(
    ("annotation", "name"),
    [
        (Image, "image"),
        (SpecialHandle, "special_handle"),
        (int, "value"),
        (list[int], "value"),
        (Any, "value"),
    ],
)
def test_a_single_output_is_named_by_its_type(annotation: Any, name: str) -> None:
    def make():  # type: ignore[no-untyped-def]
        pass

    make.__annotations__ = {"return": annotation}
    assert [each.name for each in schema_of(node(category="t")(make)).outputs] == [name]


def test_none_is_no_output() -> None:
    @node(category="t", output=True)
    def save(a: int) -> None:
        pass

    assert schema_of(save).outputs == ()


def test_bases_of_an_output_are_known() -> None:
    @node(category="t")
    def make() -> SpecialHandle:
        return SpecialHandle()

    assert schema_of(make).outputs[0].supertypes == {"SpecialHandle": ("Handle",)}


def test_a_context_is_no_input() -> None:
    @node(category="t")
    def slow(a: int, *, context: Context) -> int:
        return a

    assert [each.name for each in schema_of(slow).inputs] == ["a"]
    assert definition_of(slow).context == "context"


def test_a_context_may_have_any_name() -> None:
    @node(category="t")
    def slow(engine: Context) -> None:
        pass

    assert definition_of(slow).context == "engine"


@pytest.mark.parametrize(
    ("annotation", "types", "literal"),
    [
        (int, ("int",), {"type": "integer"}),
        (bool, ("bool",), {"type": "boolean"}),
        (str, ("str",), {"type": "string"}),
        (Annotated[str, Field(max_length=5)], ("str",), {"type": "string", "maxLength": 5}),
        (
            Annotated[int, Field(gt=0, lt=9, multiple_of=2)],
            ("int",),
            {"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 9, "multipleOf": 2},
        ),
        (Literal["a", "b"], ("str",), {"type": "string", "enum": ["a", "b"]}),
        (list[int], ("list[int]",), {"type": "array", "items": {"type": "integer"}}),
        (list[Image], ("list[Image]",), None),
        (dict[str, int], ("dict",), {"type": "object", "additionalProperties": {"type": "integer"}}),
        (Any, ("Any",), {}),
        (Image, ("Image",), None),
        (Image | Mask, ("Image", "Mask"), None),
        (int | str, ("int", "str"), {"anyOf": [{"type": "integer"}, {"type": "string"}]}),
        (Image | float, ("Image", "float"), {"type": "number"}),
        (Annotated[Image | float, Field(ge=0)], ("Image", "float"), {"type": "number", "minimum": 0}),
        (int | None, ("int",), {"anyOf": [{"type": "integer"}, {"type": "null"}]}),
        (Image | None, ("Image",), None),
    ],
)
def test_annotations(annotation: Any, types: tuple[str, ...], literal: object) -> None:
    read = input_of(annotation)
    assert read.types == types
    assert read.literal == literal


def test_optional_without_a_default_must_be_given() -> None:
    assert input_of(Image | None).required
    assert not input_of(Image | None, None).required


def test_a_seed_is_marked() -> None:
    seed = input_of(Seed, 0)
    assert seed.seed
    assert seed.literal == {"type": "integer", "minimum": 0, "maximum": 2**64 - 1}


def test_choices_are_found_by_their_import_path() -> None:
    assert input_of(Choice[Colours]).choices == f"{__name__}:Colours"


def test_a_default_is_converted() -> None:
    default = input_of(float, 1).default
    assert default == 1.0
    assert type(default) is float


def test_a_class_with_run() -> None:
    @node(category="t")
    class RunningTotal:
        """Adds up."""

        def __init__(self) -> None:
            self.total = 0

        def run(self, a: int) -> int:
            self.total += a
            return self.total

    schema = schema_of(RunningTotal)
    assert schema.type == "running_total"
    assert schema.description == "Adds up."
    assert [each.name for each in schema.inputs] == ["a"]
    run = definition_of(RunningTotal).bind()
    assert [run(a=1), run(a=2)] == [1, 3]


def test_a_subclass_of_a_node_is_no_node_by_that() -> None:
    @node(category="t")
    class Base:
        def run(self) -> None:
            pass

    class Derived(Base):
        pass

    assert node_definition(Derived) is None


def unannotated(a) -> int:  # type: ignore[no-untyped-def]
    return 1


def no_return(a: int):  # type: ignore[no-untyped-def]
    return a


def by_place(a: int, /) -> None:
    pass


def reserved(context: int) -> None:
    pass


def underscored(_a: int) -> None:
    pass


def bad_tuple() -> tuple[int, int]:
    return 1, 2


def bad_default(a: Annotated[int, Field(ge=1)] = 0) -> None:
    pass


def port_default(a: Image = 3) -> None:  # type: ignore[assignment]
    pass


def only_none(a: None) -> None:
    pass


def two_contexts(a: Context, b: Context) -> None:
    pass


def bytes_in_literal(a: Literal[b"x"]) -> None:
    pass


def wrong_choice(a: Choice[int]) -> None:  # type: ignore[type-var]
    pass


def keyed_by_int(a: dict[int, int]) -> None:
    pass


def one_by_one() -> int:  # type: ignore[misc]
    yield 1


async def one_by_one_later() -> int:  # type: ignore[misc]
    yield 1


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (unannotated, "node 'unannotated', parameter 'a': needs a type annotation"),
        (no_return, "node 'no_return': needs a return annotation"),
        (by_place, "node 'by_place', parameter 'a': a node takes its inputs by name"),
        (reserved, "node 'reserved', parameter 'context': the name is reserved"),
        (underscored, "node 'underscored', parameter '_a': the name is reserved"),
        (bad_tuple, "node 'bad_tuple', return: .*use list.* or a NamedTuple for several outputs"),
        (bad_default, "parameter 'a': its default must fit its type: expected an integer >= 1, got 0"),
        (port_default, "parameter 'a': Image has no literals, so its default can only be None"),
        (only_none, "parameter 'a': None alone is no input"),
        (two_contexts, "parameter 'b': a second Context"),
        (bytes_in_literal, "the values of a Literal are strings, numbers or None"),
        (wrong_choice, "takes a subclass of Choices, got <class 'int'>"),
        (keyed_by_int, "a dict has str keys and JSON values"),
        (one_by_one, "node 'one_by_one': a node is no generator"),
        (one_by_one_later, "node 'one_by_one_later': a node is no generator"),
    ],
)
def test_definition_errors(function: Any, message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        node(category="t")(function)


def test_an_untyped_namedtuple_is_refused() -> None:
    from collections import namedtuple

    Plain = namedtuple("Plain", "a b")

    def make():  # type: ignore[no-untyped-def]
        pass

    make.__annotations__ = {"return": Plain}
    with pytest.raises(DefinitionError, match=r"use typing\.NamedTuple"):
        node(category="t")(make)


def test_an_annotation_that_does_not_exist() -> None:
    def load(a: "Tensr") -> None:  # type: ignore[name-defined]  # noqa: F821
        pass

    with pytest.raises(DefinitionError, match="'Tensr' isn't known"):
        node(category="t")(load)


@pytest.mark.parametrize("name", ["Blend", "a.b", "2x", "a-b"])
def test_names_of_node_types(name: str) -> None:
    def blend() -> None:
        pass

    with pytest.raises(DefinitionError, match="a node type is lower case"):
        node(category="t", name=name)(blend)


def test_a_class_without_run() -> None:
    with pytest.raises(DefinitionError, match="needs a method `run`"):

        @node(category="t")
        class Nothing:
            pass


def test_hooks_take_inputs_only() -> None:
    def stamp(path: str) -> str:
        return path

    with pytest.raises(DefinitionError, match="fingerprint: takes 'path', which is no input"):

        @node(category="t", fingerprint=stamp)
        def load(file: str) -> Latent: ...
