import pickle

import pytest

from graphengine.errors import (
    Cancelled,
    DefinitionError,
    GraphEngineError,
    InvalidWorkflow,
    NodeFailed,
    mismatch,
)


def test_mismatch_names_node_input_expected_and_got() -> None:
    error = mismatch(
        "an integer >= 1", "0", kind="out_of_range", node="sample", node_type="sample", input="steps"
    )
    assert str(error) == "node 'sample' (sample), input 'steps': expected an integer >= 1, got 0"


def test_mismatch_ends_with_the_hint() -> None:
    error = mismatch("a", "b", kind="x", hint="do c")
    assert str(error) == "expected a, got b; do c"


def test_to_dict_has_the_published_fields() -> None:
    error = mismatch("a", "b", kind="wrong", node="n", node_type="t", input="i", hint="h")
    assert error.to_dict() == {
        "kind": "wrong",
        "message": "node 'n' (t), input 'i': expected a, got b; h",
        "node": "n",
        "input": "i",
        "expected": "a",
        "got": "b",
        "hint": "h",
    }


def test_a_reworded_error_keeps_its_facts() -> None:
    error = mismatch("a", "b", kind="wrong", node="n", node_type="t", input="i", hint="h")
    other = error.reworded("at seed 7: so")
    assert str(other) == "at seed 7: so"
    assert other.to_dict() == {**error.to_dict(), "message": "at seed 7: so"}
    assert other.node_type == "t"


def test_locate_adds_the_node_once() -> None:
    error = GraphEngineError("no such file")
    error.locate("load", "load_image")
    error.locate("other", "other_type")
    assert str(error) == "node 'load' (load_image): no such file"
    assert (error.node, error.node_type) == ("load", "load_image")


def test_locate_joins_with_an_input() -> None:
    error = mismatch("a", "b", kind="x", input="steps")
    error.locate("n", "t")
    assert str(error) == "node 'n' (t), input 'steps': expected a, got b"


def test_invalid_workflow_with_one_problem_reads_as_that_problem() -> None:
    problem = mismatch("a", "b", kind="wrong_type", node="n", node_type="t", input="i")
    error = InvalidWorkflow([problem])
    assert error.to_dict() == problem.to_dict()
    assert error.problems == (problem,)


def test_invalid_workflow_with_more_counts_them() -> None:
    error = InvalidWorkflow([GraphEngineError("one"), GraphEngineError("two")])
    assert str(error) == "2 problems, the first: one"
    assert error.kind == "invalid_workflow"


def test_invalid_workflow_needs_a_problem() -> None:
    with pytest.raises(ValueError, match="at least one"):
        InvalidWorkflow([])


@pytest.mark.parametrize(
    "error",
    [
        NodeFailed("it broke", kind="node_failed", node="n", node_type="t"),
        InvalidWorkflow([GraphEngineError("one"), GraphEngineError("two")]),
        Cancelled(node="n"),
        DefinitionError("bad"),
    ],
)
def test_errors_survive_pickling(error: GraphEngineError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert again.to_dict() == error.to_dict()
