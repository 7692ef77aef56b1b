"""The nodes of control flow, called as functions: what they ask to be run in their place."""

from collections.abc import Callable
from typing import Any

import pytest
from graphengine.nodes.flow import choose, for_each, if_, map_, reduce, repeat, switch, while_

from graphengine.authoring import Blocked, Body, Expansion, Lazy
from graphengine.authoring.definition import node_definition
from graphengine.authoring.expansion import Ref
from graphengine.authoring.schema import NodeSchema
from graphengine.errors import GraphEngineError


def body(inputs: str, outputs: str, *, optional: str = "", name: str = "refine") -> Body:
    required = tuple(inputs.split())
    return Body(name, (*required, *optional.split()), required, tuple(outputs.split()), graph=None)


def told(value: Any) -> Any:
    """Refs as text, Blocked as its reason, lists item by item."""
    if isinstance(value, Ref):
        return f"{value.node}.{value.output}"
    if isinstance(value, Blocked):
        return f"blocked: {value.reason}"
    return [told(each) for each in value] if isinstance(value, list) else value


def added(expansion: Any) -> dict[str, dict[str, Any]]:
    assert isinstance(expansion, Expansion)
    return {
        name: {input: told(value) for input, value in node.inputs.items()}
        for name, node in expansion.nodes.items()
    }


def given(expansion: Any) -> dict[str, Any]:
    assert isinstance(expansion, Expansion)
    assert expansion.outputs is not None
    return {name: told(value) for name, value in expansion.outputs.items()}


def never() -> Any:
    raise AssertionError("a lazy input was asked for")


def schema_of(target: Callable[..., Any]) -> NodeSchema:
    found = node_definition(target)
    assert found is not None
    return found.schema


@pytest.mark.parametrize(
    ("node", "name", "turns"),
    [
        (if_, "if", "last"),
        (switch, "switch", "last"),
        (repeat, "repeat", "last"),
        (while_, "while", "last"),
        (map_, "map", "every"),
        (for_each, "for_each", "carried"),
        (reduce, "reduce", "last"),
    ],
)
def test_the_outputs_are_those_of_the_bodies(node: Any, name: str, turns: str) -> None:
    schema = schema_of(node)
    assert (schema.type, schema.turns, schema.category) == (name, turns, "flow")
    assert schema.inputs[-1].many == "named"


def test_a_loop_without_bound_is_refused_before_the_run() -> None:
    assert [each.name for each in schema_of(while_).required] == ["body", "limit"]
    limit = schema_of(while_).inputs_by_name["limit"]
    assert limit.literal == {"type": "integer", "minimum": 1, "maximum": 1_000_000}


def test_what_the_bodies_get_and_must_give() -> None:
    inputs = {node: schema_of(node).inputs_by_name["body"] for node in (while_, map_, reduce)}
    assert (inputs[while_].gets, inputs[while_].gives) == ({"turn": ("int",)}, {"again": ("bool",)})
    assert inputs[map_].gets == {"item": ("~T",), "index": ("int",)}
    assert inputs[reduce].gets == {"item": ("~T",), "index": ("int",), "accumulated": ("~U",)}
    assert inputs[reduce].gives == {"accumulated": ("~U",)}


def test_only_the_chosen_value_is_passed_on_and_unopened() -> None:
    options = {"a": Lazy(never), "1": Lazy(never)}
    assert choose("a", **options) is options["a"]
    assert choose(1, **options) is options["1"]


def test_an_option_that_is_not_wired() -> None:
    with pytest.raises(
        GraphEngineError,
        match="input 'option': expected one of 'red', 'blue', got 'rad'; did you mean 'red'",
    ) as caught:
        choose("rad", red=Lazy(never), blue=Lazy(never))
    assert (caught.value.kind, caught.value.input) == ("not_a_choice", "option")
    with pytest.raises(GraphEngineError, match="none is wired, got 'rad'"):
        choose("rad")


def test_if_runs_one_body_with_what_it_takes() -> None:
    image, mask = Lazy(never), Lazy(never)
    bodies = body("image", "image"), body("mask", "image mask", name="other")
    expansion = if_(True, *bodies, image=image, mask=mask)
    assert added(expansion) == {"then": {"image": image}}
    assert given(expansion) == {
        "image": "then.image",
        "mask": "blocked: 'refine', which was chosen, has no such output",
    }
    expansion = if_(False, *bodies, image=image, mask=mask)
    assert added(expansion) == {"otherwise": {"mask": mask}}
    assert given(expansion) == {"image": "otherwise.image", "mask": "otherwise.mask"}


def test_if_without_the_other_body_blocks_what_follows() -> None:
    expansion = if_(False, body("", "a b"))
    assert added(expansion) == {}
    assert given(expansion) == dict.fromkeys("ab", "blocked: the condition is false")


def test_a_body_that_needs_what_is_not_wired() -> None:
    with pytest.raises(
        GraphEngineError,
        match="input 'image': expected a value, since the body 'refine' needs one, got nothing; "
        "did you mean 'images'",
    ):
        if_(True, body("image", ""), images=Lazy(never))


def test_an_optional_input_of_a_body_may_be_left_out() -> None:
    assert added(if_(True, body("a", "x", optional="b c"), a=1, c=2)) == {"then": {"a": 1, "c": 2}}


def test_switch_runs_the_body_of_the_case() -> None:
    bodies = {"red": body("", "x", name="r"), "2": body("", "x y", name="two")}
    default = body("", "x", name="rest")
    expansion = switch(2, bodies, default)
    assert isinstance(expansion, Expansion)
    assert [each.type for each in expansion.nodes.values()] == [bodies["2"]]
    assert given(expansion) == {"x": "case.x", "y": "case.y"}
    expansion = switch("green", bodies, default)
    assert isinstance(expansion, Expansion)
    assert [each.type for each in expansion.nodes.values()] == [default]
    assert given(expansion)["x"] == "default.x"
    assert given(expansion)["y"].startswith("blocked: 'rest'")


def test_switch_without_such_a_case() -> None:
    with pytest.raises(GraphEngineError, match="input 'case': expected 'red', got 'rde'; did you mean 'red'"):
        switch("rde", {"red": body("", "x")})


def test_repeat_carries_what_has_the_name_of_an_input() -> None:
    expansion = repeat(3, body("image turn", "image note", optional="scale"), image="first", scale=2, other=5)
    assert added(expansion) == {
        "turn_0": {"image": "first", "turn": 0, "scale": 2},
        "turn_1": {"image": "turn_0.image", "turn": 1, "scale": 2},
        "turn_2": {"image": "turn_1.image", "turn": 2, "scale": 2},
    }
    assert given(expansion) == {"image": "turn_2.image", "note": "turn_2.note"}


def test_no_turn_gives_what_came_in() -> None:
    expansion = repeat(0, body("image", "image note"), image="first")
    assert added(expansion) == {}
    assert given(expansion) == {"image": "first", "note": "blocked: the loop made no turn"}


def test_the_number_of_the_turn_is_not_carried() -> None:
    expansion = repeat(2, body("turn", "turn"))
    assert added(expansion) == {"turn_0": {"turn": 0}, "turn_1": {"turn": 1}}
    assert given(expansion) == {"turn": "turn_1.turn"}


def test_many_turns_take_linear_time() -> None:
    expansion = repeat(20_000, body("a", "a"), a=1)
    assert given(expansion) == {"a": "turn_19999.a"}


def test_while_makes_one_turn_and_goes_on_by_itself() -> None:
    number, step = Lazy(never), Lazy(never)
    counts = body("number", "number note again", optional="step turn")
    expansion = while_(counts, 10, turn=3, number=number, step=step)
    assert added(expansion) == {
        "turn_3": {"number": number, "step": step, "turn": 3},
        "while_4": {
            "body": counts,
            "limit": 10,
            "again": "turn_3.again",
            "turn": 4,
            "number": "turn_3.number",
            "note": "turn_3.note",
            "step": step,
        },
    }
    assert isinstance(expansion, Expansion)
    assert expansion.nodes["while_4"].type == schema_of(while_).type
    assert given(expansion) == {name: f"while_4.{name}" for name in ("number", "note", "again")}


@pytest.mark.parametrize(("again", "turn"), [(False, 3), (True, 10), (True, 11)])
def test_while_ends_with_what_came_in(again: bool, turn: int) -> None:
    number, note = Lazy(never), Lazy(never)
    counts = body("number", "number note again more")
    expansion = while_(counts, 10, again, turn, number=number, note=note)
    assert added(expansion) == {}
    assert given(expansion) == {
        "number": number,
        "note": note,
        "again": again,
        "more": "blocked: the loop made no turn",
    }


def test_while_needs_a_body_that_says_when_to_stop() -> None:
    with pytest.raises(
        GraphEngineError,
        match="input 'body': expected a body with an output 'again', got 'refine', whose outputs are 'agian'",
    ):
        while_(body("", "agian"), 10)
    with pytest.raises(GraphEngineError, match="got 'refine', whose outputs are none"):
        while_(body("", ""), 10)
    with pytest.raises(GraphEngineError, match="has an output 'limit', which is an input of the while"):
        while_(body("", "again limit"), 10)


def test_map_runs_the_body_for_each_item() -> None:
    expansion = map_(["a", "b"], body("item", "x item", optional="index scale"), scale=2, other=3)
    assert added(expansion) == {
        "turn_0": {"item": "a", "index": 0, "scale": 2},
        "turn_1": {"item": "b", "index": 1, "scale": 2},
    }
    assert given(expansion) == {"x": ["turn_0.x", "turn_1.x"], "item": ["turn_0.item", "turn_1.item"]}


def test_map_of_no_items_gives_empty_lists() -> None:
    assert given(map_([], body("item", "x"))) == {"x": []}


def test_a_body_need_not_take_the_item() -> None:
    assert added(map_(["a"], body("", "x"))) == {"turn_0": {}}


def test_for_each_carries_and_lists() -> None:
    expansion = for_each(["a", "b"], body("item total", "total item x", optional="index"), total=0)
    assert added(expansion) == {
        "turn_0": {"item": "a", "index": 0, "total": 0},
        "turn_1": {"item": "b", "index": 1, "total": "turn_0.total"},
    }
    assert given(expansion) == {
        "total": "turn_1.total",
        "item": ["turn_0.item", "turn_1.item"],
        "x": ["turn_0.x", "turn_1.x"],
    }


def test_for_each_of_no_items() -> None:
    expansion = for_each([], body("item total", "total x", optional="other"), total=5)
    assert given(expansion) == {"total": 5, "x": []}
    assert given(for_each([], body("", "other", optional="other"))) == {
        "other": "blocked: the loop made no turn"
    }


def test_reduce_goes_from_item_to_item() -> None:
    expansion = reduce([1, 2], 10, body("item accumulated", "accumulated x", optional="index"), other=1)
    assert added(expansion) == {
        "turn_0": {"item": 1, "index": 0, "accumulated": 10},
        "turn_1": {"item": 2, "index": 1, "accumulated": "turn_0.accumulated"},
    }
    assert given(expansion) == {"accumulated": "turn_1.accumulated", "x": "turn_1.x"}


def test_reduce_of_no_items_gives_what_it_began_with() -> None:
    expansion = reduce([], 10, body("item accumulated", "accumulated"))
    assert given(expansion) == {"accumulated": 10}
    assert given(reduce([], 10, body("item", "accumulated"))) == {"accumulated": 10}


def test_reduce_needs_a_body_that_accumulates() -> None:
    with pytest.raises(GraphEngineError, match="expected a body with an output 'accumulated'"):
        reduce([], 10, body("item", "total"))
