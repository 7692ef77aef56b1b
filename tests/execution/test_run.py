import json
import sys
import threading
from typing import Any

import numpy as np
import pytest

from graphengine.authoring import node
from graphengine.authoring.catalogue import Catalogue
from graphengine.errors import GraphEngineError, InvalidWorkflow, NodeFailed, OutOfMemory
from graphengine.events import Event, Finished, Started
from graphengine.execution import CancelToken, Engine, plan
from graphengine.graph import build, load
from graphengine.home import Home
from tests.execution.execution_nodes import CALLS, CATALOGUE, Bench, Tape, graph


def test_values_and_events_of_a_run(home: Home) -> None:
    bench = Bench(home)
    result = bench.run(a=("add", {"a": 1}), b=("add", {"a": "<a.value", "b": 10}))
    assert result.values == {"b": {"value": 12}}
    assert (result.state, result.executed, result.cached, result.error) == ("succeeded", 2, 0, None)
    assert bench.told() == ["queued", "started a", "done a", "started b", "done b", "finished"]
    assert bench.events[0].to_dict()["nodes"] == ["a", "b"]


def test_several_outputs(home: Home) -> None:
    result = Bench(home).run(d=("divide", {"a": 7}), r=("add", {"a": "<d.rest", "b": 100}))
    assert result.values == {"r": {"value": 101}}


def test_unchanged_again_runs_nothing(home: Home) -> None:
    bench = Bench(home)
    nodes: dict[str, Any] = {"a": ("add", {"a": 1}), "b": ("add", {"a": "<a.value"})}
    bench.run(**nodes)
    result = bench.run(**nodes)
    assert (result.executed, result.cached, result.values) == (0, 2, {"b": {"value": 3}})
    assert bench.told() == ["queued", "cached a", "cached b", "finished"]
    assert CALLS["add"] == 2


def test_a_change_runs_what_depends_on_it(home: Home) -> None:
    bench = Bench(home)
    bench.run(a=("add", {"a": 1}), b=("add", {"a": "<a.value"}), c=("add", {"a": "<b.value"}))
    result = bench.run(
        a=("add", {"a": 1}), b=("add", {"a": "<a.value"}), c=("add", {"a": "<b.value", "b": 5})
    )
    assert (result.executed, result.cached) == (1, 2)
    result = bench.run(
        a=("add", {"a": 2}), b=("add", {"a": "<a.value"}), c=("add", {"a": "<b.value", "b": 5})
    )
    assert (result.executed, result.cached) == (3, 0)


def test_names_and_layout_are_no_part_of_a_result(home: Home) -> None:
    bench = Bench(home)
    bench.run(a=("add", {"a": 1}), b=("add", {"a": "<a.value"}))
    assert bench.run(x=("add", {"a": 1}), y=("add", {"a": "<x.value"})).executed == 0


def test_equal_nodes_run_once(home: Home) -> None:
    bench = Bench(home)
    result = bench.run(a=("add", {"a": 1}), b=("add", {"a": 1}), c=("add", {"a": "<a.value"}))
    assert result.state == "succeeded"
    again = bench.run(a=("add", {"a": 1}), b=("add", {"a": 1}), c=("add", {"a": "<b.value"}))
    assert (again.executed, again.cached) == (0, 3)


def test_only_what_is_wanted_runs(home: Home) -> None:
    bench = Bench(home)
    result = bench.run(
        a=("add", {"a": 1}), s=("save", {"a": "<a.value", "name": "x"}), aside=("fail", {"a": 1})
    )
    assert (result.state, result.executed) == ("succeeded", 2)
    wanted = plan(graph(home, a=("add", {"a": 1}), b=("add", {"a": "<a.value"})), ["a"])
    assert bench.engine.run(wanted).values == {"a": {"value": 2}}


def test_a_failure_names_the_node_and_keeps_what_was_finished(home: Home) -> None:
    bench = Bench(home)
    result = bench.run(
        a=("add", {"a": 1}), d=("divide", {"a": "<a.value", "b": 101}), e=("add", {"a": "<d.rest"})
    )
    assert result.state == "failed"
    assert isinstance(result.error, NodeFailed)
    assert str(result.error) == "node 'd' (divide): too large to divide by"
    assert (result.error.node, result.error.node_type, result.error.kind) == ("d", "divide", "node_failed")
    assert isinstance(result.error.__cause__, ValueError)
    assert (result.executed, result.values) == (1, {})
    assert bench.told() == ["queued", "started a", "done a", "started d", "failed", "finished"]
    again = bench.run(
        a=("add", {"a": 1}), d=("divide", {"a": "<a.value", "b": 1}), e=("add", {"a": "<d.rest"})
    )
    assert (again.state, again.executed, again.cached) == ("succeeded", 2, 1)
    assert CALLS["add"] == 2


def test_other_exceptions_are_named_too(home: Home) -> None:
    assert str(Bench(home).run(f=("fail", {"a": 1})).error) == "node 'f' (fail): KeyError: 'oops'"


@pytest.mark.parametrize(
    ("type", "message"),
    [
        ("forgetful", "node 'x' (forgetful): expected it to return int for its output 'value', got null"),
        ("short", "node 'x' (short): expected it to return a tuple of quotient, rest, got tuple"),
    ],
)
def test_results_that_do_not_fit(home: Home, type: str, message: str) -> None:
    assert str(Bench(home).run(x=(type, {"a": 1})).error) == message


def test_limits_hold_for_what_a_link_brings(home: Home) -> None:
    result = Bench(home).run(a=("add", {"a": -1}), d=("divide", {"a": 1, "b": "<a.value"}))
    assert str(result.error) == (
        "node 'd' (divide), input 'b': expected an integer >= 1, got 0 from 'a.value'"
    )


def test_none_from_any(home: Home) -> None:
    result = Bench(home).run(n=("anything", {}), a=("add", {"a": "<n.value"}))
    assert str(result.error) == "node 'a' (add), input 'a': expected int, got None"


def test_an_error_of_the_engine_s_own_kind_is_located(home: Home) -> None:
    result = Bench(home).run(w=("write", {"text": "x"}))
    assert type(result.error) is GraphEngineError
    assert str(result.error) == "node 'w': this engine has no Tape"
    assert (result.error.node, result.error.node_type) == ("w", "write")


def test_out_of_memory_is_a_kind_of_its_own(home: Home) -> None:
    @node(category="t")
    def hungry() -> int:
        raise MemoryError

    catalogue = Catalogue.of(hungry)
    document = load({"format": "graphengine/1", "nodes": {"h": {"type": "hungry"}}})
    error = Engine(catalogue, home).run(build(document, catalogue, home)).error
    assert isinstance(error, OutOfMemory)
    assert str(error) == "node 'h' (hungry): out of memory; make the picture or the batch smaller"


def test_services_reach_nodes(home: Home) -> None:
    tape, other = Tape(), Tape()
    bench = Bench(home, services={Tape: tape})
    bench.run(w=("write", {"text": "x"}))
    bench.engine.run(graph(home, w=("write", {"text": "y"})), services={Tape: other})
    assert (tape.lines, other.lines) == (["x"], ["y"])


def test_literals_are_not_changed_by_a_node(home: Home) -> None:
    made = graph(home, m=("mutate", {"numbers": [1]}))
    assert Bench(home).run(made).values == {"m": {"value": [1, 9]}}
    assert made.nodes["m"].literals == {"numbers": [1]}


def test_a_class_keeps_its_state_between_runs(home: Home) -> None:
    bench = Bench(home)
    assert bench.run(t=("tally", {"a": 1})).values == {"t": {"value": 1}}
    assert bench.run(t=("tally", {"a": 2})).values == {"t": {"value": 2}}
    assert Bench(home).run(t=("tally", {"a": 2})).values == {"t": {"value": 1}}


def test_progress_is_in_the_stream(home: Home) -> None:
    bench = Bench(home)
    bench.run(s=("slow", {"a": 1, "steps": 2}))
    assert bench.told() == ["queued", "started s", "progress s", "progress s", "done s", "finished"]


def test_cancelled_before_it_begins(home: Home) -> None:
    token = CancelToken()
    token.cancel()
    events: list[Event] = []
    result = Bench(home).engine.run(graph(home, a=("add", {"a": 1})), events.append, token)
    assert (result.state, result.executed, result.error) == ("cancelled", 0, None)
    assert [event.event for event in events] == ["queued", "cancelled", "finished"]


def test_cancelled_between_nodes(home: Home) -> None:
    token = CancelToken()
    bench = Bench(home)

    def listen(event: Event) -> None:
        if isinstance(event, Started) and event.node == "a":
            token.cancel()

    made = graph(home, a=("add", {"a": 1}), b=("add", {"a": "<a.value"}))
    result = bench.engine.run(made, listen, token)
    assert (result.state, result.executed) == ("cancelled", 1)
    again = bench.run(made)
    assert (again.executed, again.cached) == (1, 1)


def test_cancelled_from_another_thread_between_steps(home: Home) -> None:
    token = CancelToken()
    bench = Bench(home)
    begun = threading.Event()

    def listen(event: Event) -> None:
        if event.event == "progress":
            begun.set()

    def cancel_soon() -> None:
        begun.wait(10)
        token.cancel()

    thread = threading.Thread(target=cancel_soon)
    thread.start()
    result = bench.engine.run(graph(home, s=("slow", {"a": 1, "steps": 10**9})), listen, token)
    thread.join()
    assert result.state == "cancelled"
    assert result.executed == 0


def test_an_interrupt_cancels(home: Home) -> None:
    @node(category="t")
    def interrupted() -> int:
        raise KeyboardInterrupt

    catalogue = Catalogue.of(interrupted)
    document = load({"format": "graphengine/1", "nodes": {"i": {"type": "interrupted"}}})
    events: list[Event] = []
    result = Engine(catalogue, home).run(build(document, catalogue, home), events.append)
    assert result.state == "cancelled"
    assert [event.to_dict() for event in events][2] == {"event": "cancelled", "node": "i"}


def test_a_listener_that_raises_harms_nothing(home: Home) -> None:
    heard = []

    def listen(event: Event) -> None:
        heard.append(event)
        raise RuntimeError("I am deaf")

    bench = Bench(home)
    made = graph(home, a=("add", {"a": 1}), b=("add", {"a": "<a.value"}))
    result = bench.engine.run(made, listen)
    assert (result.state, result.executed, result.values) == ("succeeded", 2, {"b": {"value": 3}})
    assert str(result.listener_error) == "I am deaf"
    assert len(heard) == 1
    assert bench.run(made).cached == 2


def test_finished_repeats_the_result(home: Home) -> None:
    bench = Bench(home)
    result = bench.run(s=("save", {"a": 5, "name": "x"}))
    finished = bench.events[-1]
    assert isinstance(finished, Finished)
    assert finished.artifacts == result.artifacts
    assert json.loads(json.dumps(finished.to_dict()))["artifacts"] == [
        {"node": "s", "path": str(home.output / "x"), "width": 3, "height": 2, "seed": 5}
    ]


def test_an_output_is_replayed_while_its_file_is_there(home: Home) -> None:
    bench = Bench(home)
    nodes: dict[str, Any] = {"a": ("add", {"a": 1}), "s": ("save", {"a": "<a.value", "name": "x"})}
    first = bench.run(**nodes)
    again = bench.run(**nodes)
    assert (again.executed, again.cached, CALLS["save"]) == (0, 2, 1)
    assert bench.told() == ["queued", "cached a", "cached s", "output s", "finished"]
    assert again.artifacts == first.artifacts
    (home.output / "x").unlink()
    third = bench.run(**nodes)
    assert (third.executed, third.cached, CALLS["save"]) == (1, 1, 2)
    assert (home.output / "x").read_text() == "2"


def test_an_output_that_hands_nothing_out_runs_each_time(home: Home) -> None:
    bench = Bench(home)
    for _ in range(2):
        bench.run(a=("add", {"a": 1}), s=("shout", {"a": "<a.value"}))
    assert (CALLS["shout"], CALLS["add"]) == (2, 1)


def test_a_changed_fingerprint_runs_the_node(home: Home, tmp_path: Any) -> None:
    path = tmp_path / "f"
    path.write_text("one")
    bench = Bench(home)
    nodes: dict[str, Any] = {"r": ("read", {"path": str(path)})}
    assert bench.run(**nodes).values == {"r": {"value": "one"}}
    assert bench.run(**nodes).executed == 0
    path.write_text("two")
    assert bench.run(**nodes).values == {"r": {"value": "two"}}


def test_a_fingerprint_that_cannot_be_told_runs_the_node_each_time(home: Home, tmp_path: Any) -> None:
    (tmp_path / "f").write_text("one")
    bench = Bench(home)
    for _ in range(2):
        bench.run(p=("anything", {"value": str(tmp_path / "f")}), r=("read", {"path": "<p.value"}))
    assert CALLS["read"] == 2


def test_a_fingerprint_that_fails(home: Home, tmp_path: Any) -> None:
    result = Bench(home).run(r=("read", {"path": str(tmp_path / "gone")}))
    assert result.state == "failed"
    assert str(result.error).startswith("node 'r' (read): fingerprint: FileNotFoundError")


def test_validation_hooks_are_asked_before_anything_runs(home: Home) -> None:
    bench = Bench(home)
    result = bench.run(
        a=("add", {"a": 1}),
        x=("between", {"low": 3, "high": 2}),
        y=("between", {"low": 2, "high": 1}),
        z=("between", {"low": "<a.value", "high": 1}),
    )
    assert isinstance(result.error, InvalidWorkflow)
    assert [str(problem) for problem in result.error.problems] == [
        "node 'x' (between): low (3) is above high (2)",
        "node 'y' (between): low (2) is above high (1)",
    ]
    assert bench.told() == ["queued", "failed", "finished"]


def test_values_are_released_after_their_last_reader(home: Home) -> None:
    import weakref

    alive: list[int] = []
    arrays: list[weakref.ref[Any]] = []

    @node(category="t")
    def make(seed: int) -> np.ndarray:  # type: ignore[type-arg]
        made = np.zeros(10)
        arrays.append(weakref.ref(made))
        return made

    @node(category="t")
    def look(array: np.ndarray, before: int = 0) -> int:  # type: ignore[type-arg]
        alive.append(sum(each() is not None for each in arrays))
        return before + 1

    catalogue = Catalogue.of(make, look)
    nodes: dict[str, Any] = {}
    for i in range(5):
        nodes[f"m{i}"] = {"type": "make", "inputs": {"seed": i}}
        inputs: dict[str, Any] = {"array": {"from": f"m{i}.ndarray"}}
        if i:
            inputs["before"] = {"from": f"l{i - 1}.value"}
        nodes[f"l{i}"] = {"type": "look", "inputs": inputs}
    document = load({"format": "graphengine/1", "nodes": nodes})
    from graphengine.execution import MemoryCache

    engine = Engine(catalogue, home, MemoryCache(0))
    engine.run(build(document, catalogue, home))  # learns that these nodes are quick: no threads
    alive.clear()
    arrays.clear()
    result = engine.run(build(document, catalogue, home))
    assert result.values == {"l4": {"value": 5}}
    assert alive == [1, 1, 1, 1, 1]


def test_two_engines_live_side_by_side(home: Home) -> None:
    one, two = Bench(home), Bench(home)
    one.run(a=("add", {"a": 1}))
    assert two.run(a=("add", {"a": 1})).executed == 1


def test_a_long_chain_needs_no_recursion(home: Home) -> None:
    nodes: dict[str, Any] = {"n0": {"type": "add", "inputs": {"a": 0}}}
    for i in range(1, 5000):
        nodes[f"n{i}"] = {"type": "add", "inputs": {"a": {"from": f"n{i - 1}.value"}}}
    document = load({"format": "graphengine/1", "nodes": nodes})
    bench = Bench(home)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(200)
    try:
        result = bench.run(build(document, CATALOGUE, home))
        again = bench.run(build(document, CATALOGUE, home))
    finally:
        sys.setrecursionlimit(limit)
    assert (result.executed, result.values) == (5000, {"n4999": {"value": 5000}})
    assert (again.executed, again.cached) == (0, 5000)
