import pytest

from graphengine.errors import GraphEngineError
from graphengine.execution import plan
from graphengine.home import Home
from tests.execution.execution_nodes import graph


def test_outputs_are_wanted_before_leaves(home: Home) -> None:
    made = graph(
        home, a=("add", {"a": 1}), s=("save", {"a": "<a.value", "name": "x"}), aside=("add", {"a": 2})
    )
    assert plan(made).wanted == ("s",)
    assert plan(made).order == ("a", "s")


def test_leaves_are_wanted_where_there_is_no_output(home: Home) -> None:
    made = graph(home, a=("add", {"a": 1}), b=("add", {"a": "<a.value"}), c=("add", {"a": "<a.value"}))
    assert plan(made).wanted == ("b", "c")


def test_named_nodes_and_what_they_need(home: Home) -> None:
    made = graph(home, b=("add", {"a": "<a.value"}), a=("add", {"a": 1}), c=("add", {"a": "<b.value"}))
    chosen = plan(made, ["b", "b"])
    assert (chosen.wanted, chosen.order) == (("b",), ("a", "b"))


def test_a_plan_can_be_printed(home: Home) -> None:
    made = graph(home, a=("add", {"a": 1}), b=("add", {"a": "<a.value"}))
    assert str(plan(made)) == "1. a (add)\n2. b (add) *"


def test_a_wanted_node_that_is_not_there(home: Home) -> None:
    with pytest.raises(
        GraphEngineError, match=r"expected a node of this workflow, got 'adder'; did you mean 'added'\?"
    ):
        plan(graph(home, added=("add", {"a": 1})), ["adder"])
