import pytest

from graphengine.authoring import Body, Expansion, node
from graphengine.authoring.expansion import Ref
from graphengine.errors import DefinitionError


@node(category="t", name="double")
def twice(number: int) -> int:
    return 2 * number


def test_nodes_are_added_by_type_by_function_and_as_bodies() -> None:
    body = Body("refine", ("image",), (), ("image", "again"), graph=None)
    expansion = Expansion()
    first = expansion.add("blur", image=1)
    second = expansion.add(twice, "named", number=first.image)
    third = expansion.add(body, image=second.value)
    assert list(expansion.nodes) == ["blur_0", "named", "refine_2"]
    assert [each.type for each in expansion.nodes.values()] == ["blur", "double", body]
    number = expansion.nodes["named"].inputs["number"]
    assert (number.node, number.output) == ("blur_0", "image")
    assert third.name == "refine_2"


def test_an_output_whose_name_python_keeps() -> None:
    added = Expansion().add("blur")
    assert (added["name"].node, added["name"].output) == ("blur_0", "name")
    assert isinstance(added["class"], Ref)
    with pytest.raises(AttributeError):
        _ = added.__length_hint__


def test_what_it_gives() -> None:
    expansion = Expansion()
    assert expansion.outputs is None
    assert expansion.give(a=1, b=[2, 3]) is expansion
    assert expansion.outputs == {"a": 1, "b": [2, 3]}
    assert expansion.give(4).outputs == {"": 4}
    assert expansion.give().outputs == {}


def test_one_output_or_all_by_name() -> None:
    with pytest.raises(DefinitionError, match="one output without a name, or all of them by name"):
        Expansion().give(1, a=2)
    with pytest.raises(DefinitionError, match="one output without a name, or all of them by name"):
        Expansion().give(1, 2)


@pytest.mark.parametrize("name", ["same", "a.b", "a/b", ""])
def test_names_of_the_nodes(name: str) -> None:
    expansion = Expansion()
    expansion.add("blur", "same")
    with pytest.raises(DefinitionError, match="need different names"):
        expansion.add("blur", name)


def test_a_function_that_is_no_node() -> None:
    with pytest.raises(DefinitionError, match="neither a node type, nor a node, nor a body"):
        Expansion().add(len)
