import pytest

from graphengine.authoring import Image, node
from graphengine.authoring.catalogue import Catalogue
from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.graph import Document, apply, input_at, load, parameter_inputs


@node(category="t")
def photo(name: str = "cat") -> Image: ...


@node(category="t")
def add(a: int, b: int = 1) -> int: ...


CATALOGUE = Catalogue.of(photo, add)


def document() -> Document:
    return load(
        {
            "format": "graphengine/1",
            "parameters": {"first": "x.a", "gone": "y.a"},
            "nodes": {"x": {"type": "add", "inputs": {"a": {"from": "z.value"}}}, "z": {"type": "add"}},
        }
    )


def test_parameters_and_settings_set_inputs() -> None:
    before = document()
    after = apply(before, {"first": 5}, {"x.b": 6, "z.a": 7})
    assert after.nodes["x"].inputs == {"a": 5, "b": 6}
    assert after.nodes["z"].inputs == {"a": 7}
    assert before == document()


def test_settings_win_over_parameters() -> None:
    assert apply(document(), {"first": 5}, {"x.a": 6}).nodes["x"].inputs["a"] == 6


def test_nothing_to_set() -> None:
    before = document()
    assert apply(before) is before


def test_names_that_do_not_exist_are_all_told() -> None:
    with pytest.raises(InvalidWorkflow) as caught:
        apply(document(), {"frist": 1}, {"xx.a": 1, "x": 2})
    assert [str(problem) for problem in caught.value.problems] == [
        "parameter 'frist': expected one of 'first', 'gone', got 'frist'; did you mean 'first'?",
        "setting 'xx.a': expected an input of a node of this workflow, got 'xx.a'; did you mean 'x.a'?",
        "setting 'x': expected an input, written 'node.input', got 'x'",
    ]


def test_a_workflow_without_parameters() -> None:
    with pytest.raises(
        InvalidWorkflow, match="expected none, since this workflow has no parameters, got 'seed'"
    ):
        apply(load({"format": "graphengine/1", "nodes": {}}), {"seed": 1})


def test_the_input_at_a_place() -> None:
    assert input_at(document(), CATALOGUE, "x.b").default == 1
    with pytest.raises(GraphEngineError, match=r"setting 'x.c': expected one of 'x.a', 'x.b', got 'x.c'"):
        input_at(document(), CATALOGUE, "x.c")
    with pytest.raises(GraphEngineError, match="node 'x': expected a known node type, got 'add'"):
        input_at(document(), Catalogue.of(photo), "x.b")


def test_the_inputs_behind_the_parameters() -> None:
    assert {name: found.name for name, found in parameter_inputs(document(), CATALOGUE).items()} == {
        "first": "a"
    }
