from pathlib import Path

import pytest

from graphengine.errors import Cancelled, GraphEngineError, NodeFailed
from graphengine.execution import CancelToken, Limits
from graphengine.runtime import Runtime
from tests.runtime.runtime_nodes import BROKEN, CALLS, document


def test_only_what_is_asked_for_runs(bench: Runtime) -> None:
    result = bench.run(document(), {"red": 5}, only=["mix"])
    assert (result.executed, result.artifacts, result.values) == (1, (), {"mix": {"value": 5}})


def test_again_from_a_node(bench: Runtime) -> None:
    bench.run(document())
    assert bench.run(document()).executed == 0
    assert bench.run(document(), rerun=["paint"]).executed == 1
    assert bench.run(document(), rerun=["mix"]).executed == 2
    assert CALLS == {"mix": 2, "paint": 3}


def test_a_subgraphs_name_stands_for_what_is_in_it(bench: Runtime) -> None:
    flow = document()
    inner = {"inputs": {"red": "int"}, "outputs": {"red": "one.value"}, "nodes": {}}
    inner["nodes"] = {"one": {"type": "mix", "inputs": {"red": {"from": "inputs.red"}}}}
    flow["subgraphs"] = {"inner": inner}
    flow["nodes"]["use"] = {"type": "inner", "inputs": {"red": 8}}
    flow["nodes"]["paint"]["inputs"]["red"] = {"from": "use.red"}
    assert bench.run(flow, only=["use"]).values == {"use/one": {"value": 8}}
    bench.run(flow)
    assert bench.run(flow, rerun=["use"]).executed == 2


@pytest.mark.parametrize("option", ["only", "rerun"])
def test_a_node_that_is_not_there_is_named_before_anything_runs(bench: Runtime, option: str) -> None:
    with pytest.raises(GraphEngineError, match=f"{option}: expected .*, got 'pain'; did you mean 'paint'?"):
        bench.run(document(), **{option: ["pain"]})  # type: ignore[arg-type]
    assert CALLS == {}


def test_a_failed_run_is_tried_again_from_where_it_failed(bench: Runtime, tmp_path: Path) -> None:
    BROKEN.add(3)
    with pytest.raises(NodeFailed):
        bench.run(document(), {"seed": 3}, output=tmp_path)
    BROKEN.clear()
    result = bench.retry()
    assert (result.executed, result.cached, CALLS["mix"]) == (1, 1, 1)
    assert result.artifacts[0].path == tmp_path / "paint_it-0001-seed3.png"
    with pytest.raises(GraphEngineError, match="there is none"):
        bench.retry()


def test_a_cancelled_run_too(bench: Runtime) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        bench.run(document(), cancel=token)
    assert bench.retry().executed == 2


def test_a_run_has_limits(bench: Runtime) -> None:
    with pytest.raises(GraphEngineError, match="longer than its limit"):
        bench.run(document(), limits=Limits(run_seconds=1e-9))
    assert bench.retry(limits=Limits()).executed == 2
