from pathlib import Path

import pytest

import graphengine.runtime
from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.events import Event, Finished, Output
from graphengine.execution import CancelToken
from graphengine.graph import load
from graphengine.home import Home
from graphengine.provenance import read_provenance
from graphengine.runtime import Axis, Runtime
from graphengine.runtime.seeds import seed_inputs
from tests.runtime.runtime_nodes import BROKEN, CALLS, CATALOGUE, document


def test_a_sweep_runs_every_point_and_shares_what_is_the_same(bench: Runtime) -> None:
    swept = bench.sweep(document(), {"red": [10, 20], "seed": [1, 2, 3]})
    assert swept.state == "succeeded"
    assert [point.coordinates for point in swept.points][:4] == [
        {"red": 10, "seed": 1},
        {"red": 10, "seed": 2},
        {"red": 10, "seed": 3},
        {"red": 20, "seed": 1},
    ]
    assert [image.getpixel((0, 0))[0] for image in swept.images] == [10, 10, 10, 20, 20, 20]
    assert CALLS == {"mix": 2, "paint": 6}
    assert swept.sheet is not None
    assert swept.sheet.path is None
    assert not bench.home.root.exists()


def test_the_sheet_carries_the_sweep_and_makes_it_again(bench: Runtime, tmp_path: Path) -> None:
    swept = bench.sweep(
        document(), {"red": [10, 20], "seed": range(2)}, {"text": "x"}, output=tmp_path / "out"
    )
    assert swept.sheet is not None
    path = swept.sheet.path
    assert path is not None
    assert path.name == "paint_it-sheet-0001.png"
    record = read_provenance(path)
    assert record.sweep == (
        {"name": "red", "inputs": {"mix.red": [10, 20]}},
        {"name": "seed", "inputs": {"paint.seed": [0, 1]}},
    )
    assert record.parameters == {"text": "x"}
    again = bench.sweep(path, output=tmp_path / "again")
    assert [point.coordinates for point in again.points] == [point.coordinates for point in swept.points]
    assert [image.tobytes() for image in again.images] == [image.tobytes() for image in swept.images]
    assert again.sheet is not None
    assert again.sheet.path == tmp_path / "again" / path.name
    with pytest.raises(GraphEngineError, match="got the contact sheet of a sweep"):
        bench.run(path)


def test_pictures_on_disk_are_not_kept_in_memory(bench: Runtime, tmp_path: Path) -> None:
    swept = bench.sweep(document(), {"seed": [1, 2]}, output=tmp_path)
    assert [each.image for point in swept.points for each in point.artifacts] == [None, None]
    assert [image.size for image in swept.images] == [(30, 20), (30, 20)]
    for each in tmp_path.iterdir():
        each.unlink()
    assert swept.images == []


def test_a_point_that_fails_does_not_lose_the_others(bench: Runtime, tmp_path: Path) -> None:
    BROKEN.add(2)
    swept = bench.sweep(document(), {"seed": [1, 2, 3]}, output=tmp_path)
    assert (swept.state, [point.state for point in swept.points]) == (
        "failed",
        ["succeeded", "failed", "succeeded"],
    )
    [failed] = swept.failed
    assert (failed.coordinates, "no paint" in str(failed.error)) == ({"seed": 2}, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "paint_it-0001-seed1.png",
        "paint_it-0002-seed3.png",
        "paint_it-sheet-0001.png",
    ]


def test_a_cancelled_sweep_keeps_what_was_made(bench: Runtime, tmp_path: Path) -> None:
    token = CancelToken()

    def listen(event: Event) -> None:
        if isinstance(event, Output) and event.artifact.seed == 2:
            token.cancel()

    swept = bench.sweep(document(), {"seed": [1, 2, 3, 4]}, output=tmp_path, listener=listen, cancel=token)
    assert swept.state == "cancelled"
    assert swept.points[0].state == "succeeded"
    assert [point.state for point in swept.points[2:]] == ["cancelled", "cancelled"]
    assert swept.sheet is None
    assert (tmp_path / "paint_it-0001-seed1.png").exists()


def test_everything_is_checked_before_anything_runs(bench: Runtime, tmp_path: Path) -> None:
    events: list[Event] = []
    with pytest.raises(InvalidWorkflow) as caught:
        bench.sweep(
            document(),
            {"seed": [1, 2], "red": [1, "x", 3]},
            output=tmp_path / "out",
            listener=events.append,
        )
    [problem] = caught.value.problems
    assert problem.message.startswith("at seed=1, red='x' and 1 more: node 'mix' (mix), input 'red'")
    assert (events, CALLS, (tmp_path / "out").exists()) == ([], {}, False)


def test_problems_of_several_inputs_together_are_found_too(bench: Runtime) -> None:
    nodes = {"b": {"type": "between", "inputs": {"low": 3}}}
    flow = {"format": "graphengine/1", "nodes": nodes}
    with pytest.raises(InvalidWorkflow, match=r"at b.high=2: .*low \(3\) is above high \(2\)"):
        bench.sweep(flow, {"b.high": [5, 2]})


def test_nodes_are_asked_where_that_is_wished(bench: Runtime) -> None:
    nodes = {"b": {"type": "between", "inputs": {"low": 30}}}
    flow = {"format": "graphengine/1", "nodes": nodes}
    assert bench.validate(flow).nodes.keys() == {"b"}
    with pytest.raises(InvalidWorkflow, match=r"node 'b' \(between\): low \(30\) is above high \(9\)"):
        bench.check(flow)


def test_a_problem_of_all_points_is_told_once(bench: Runtime) -> None:
    broken = document()
    broken["nodes"]["mix"]["inputs"] = {"text": 3}
    with pytest.raises(InvalidWorkflow) as caught:
        bench.sweep(broken, {"seed": [1, 2]})
    assert [problem.message[:10] for problem in caught.value.problems] == ["node 'mix'"]


def test_who_listens_is_told_where_the_sweep_is(bench: Runtime) -> None:
    told: list[object] = []

    def listen(event: Event) -> None:
        if isinstance(event, Finished):
            told.append(event.state)

    bench.sweep(document(), {"seed": [4, 5]}, listener=listen, began=told.append)
    assert told == [{"seed": 4}, "succeeded", {"seed": 5}, "succeeded"]


def test_axes_may_be_inputs_and_the_seeds_of_a_workflow_that_names_none(bench: Runtime) -> None:
    flow = document()
    flow["parameters"] = {}
    flow["nodes"]["other"] = {"type": "paint", "inputs": {"red": 3}}
    swept = bench.sweep(flow, {"mix.red": [1, 2], "seed": [7]})
    assert [each.seed for each in swept.points[1].artifacts] == [7, 7]
    assert seed_inputs(load(flow), CATALOGUE) == ["paint.seed", "other.seed"]


@pytest.mark.parametrize(
    ("axes", "message"),
    [
        ({"sed": [1]}, "parameter 'sed'.*did you mean 'seed'?"),
        ({"nix.red": [1]}, "setting 'nix.red'"),
        ({}, "expected at least one axis"),
        ({"seed": []}, "axis 'seed': expected at least one value"),
        ({"seed": [1], "paint.seed": [2]}, "axis 'paint.seed' and axis 'seed' both set 'paint.seed'"),
        ({"seed": range(101), "red": range(100)}, "at most 10,000 points, got 10,100"),
    ],
)
def test_wrong_axes_are_explained(bench: Runtime, axes: dict[str, list[int]], message: str) -> None:
    with pytest.raises(GraphEngineError, match=message):
        bench.sweep(document(), axes)


def test_axes_of_several_inputs_go_hand_in_hand(bench: Runtime) -> None:
    axis = Axis("both", {"mix.red": (1, 2), "paint.seed": (5, 6)})
    swept = bench.sweep(document(), [axis])
    assert [point.artifacts[0].seed for point in swept.points] == [5, 6]
    assert swept.points[1].coordinates == {"both": 2}


def test_one_point_has_no_sheet_and_none_is_made_if_not_wanted(bench: Runtime) -> None:
    assert bench.sweep(document(), {"seed": [1]}).sheet is None
    assert bench.sweep(document(), {"seed": [1, 2]}, sheet=False).sheet is None


def test_a_sweep_is_one_call(home: Home) -> None:
    swept = graphengine.runtime.sweep("text_to_image", {"seed": [1, 2]}, steps=1, width=64, height=64)
    assert [image.size for image in swept.images] == [(64, 64), (64, 64)]
    assert swept.images[0].tobytes() != swept.images[1].tobytes()
