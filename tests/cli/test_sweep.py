import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graphengine.provenance import read_provenance

Call = Callable[..., Any]


def coordinates(done: Any) -> list[dict[str, Any]]:
    return [point["coordinates"] for point in done.events[-1]["points"]]


def test_a_grid_of_values(graphengine: Call, flow: Path, tmp_path: Path) -> None:
    done = graphengine("run", flow, "--red", "30,40", "--seed", "1..3", "--output", tmp_path / "out")
    assert (done.code, done.err) == (0, "")
    assert [Path(line).name for line in done.out.splitlines()] == [
        "paint_it-0001-seed1.png",
        "paint_it-0002-seed2.png",
        "paint_it-0003-seed3.png",
        "paint_it-0004-seed1.png",
        "paint_it-0005-seed2.png",
        "paint_it-0006-seed3.png",
        "paint_it-sheet-0001.png",
    ]
    record = read_provenance(tmp_path / "out" / "paint_it-0005-seed2.png")
    assert (record.parameters["red"], record.seed) == (40, 2)


def test_axes_come_in_the_order_given(graphengine: Call, flow: Path, tmp_path: Path) -> None:
    done = graphengine(
        "run",
        flow,
        *("--set", "paint.fancy=no,yes"),
        *("--seed", "1"),
        *("--red", "1"),
        *("--seed", "2"),
        *("--json", "--output", tmp_path),
    )
    assert coordinates(done) == [
        {"paint.fancy": False, "seed": 1},
        {"paint.fancy": False, "seed": 2},
        {"paint.fancy": True, "seed": 1},
        {"paint.fancy": True, "seed": 2},
    ]


def test_json_tells_where_each_event_belongs(graphengine: Call, flow: Path, tmp_path: Path) -> None:
    done = graphengine("run", flow, "--seed", "8..9", "--json", "--output", tmp_path)
    *events, last = done.events
    assert [event["coordinates"]["seed"] for event in events if event["event"] == "queued"] == [8, 9]
    assert all("coordinates" in event for event in events)
    assert [point["state"] for point in last["points"]] == ["succeeded", "succeeded"]
    assert last["points"][1]["artifacts"][0]["path"].endswith("paint_it-0002-seed9.png")
    assert last["sheet"]["path"].endswith("paint_it-sheet-0001.png")
    assert len(last["artifacts"]) == 2
    single = graphengine("run", flow, "--json", "--output", tmp_path).events
    assert not any("coordinates" in event for event in single)
    assert "points" not in single[-1]


def test_a_sheet_makes_its_sweep_again(graphengine: Call, flow: Path, tmp_path: Path) -> None:
    graphengine("run", flow, "--red", "30,40", "--seed", "1..2", "--output", tmp_path / "out")
    flow.unlink()
    sheet = tmp_path / "out" / "paint_it-sheet-0001.png"
    done = graphengine("run", sheet, "--json", "--output", tmp_path / "again")
    assert (done.code, len(coordinates(done))) == (0, 4)
    assert sheet.read_bytes() == (tmp_path / "again" / sheet.name).read_bytes()
    done = graphengine("run", sheet, "--seed", "7", "--json", "--output", tmp_path / "other")
    assert coordinates(done) == [{"red": 30}, {"red": 40}]
    done = graphengine("run", sheet, "--seed", "7", "--red", "1", "--output", tmp_path / "one")
    assert [Path(line).name for line in done.out.splitlines()] == ["paint_it-0001-seed7.png"]
    done = graphengine("run", sheet, "--no-sheet", "--output", tmp_path / "bare")
    assert len(done.out.splitlines()) == 4


def test_a_file_of_values(graphengine: Call, flow: Path, tmp_path: Path) -> None:
    values = tmp_path / "reds.txt"
    values.write_text("1\n\n2\n")
    done = graphengine("run", flow, "--red", f"@{values}", "--json", "--output", tmp_path / "out")
    assert coordinates(done) == [{"red": 1}, {"red": 2}]
    values.write_text("1\n\nlots\n999\n")
    done = graphengine("run", flow, "--red", f"@{values}", "--output", tmp_path / "out")
    assert done.code == 2
    assert f"option '--red', line 3 of {values}: node 'mix' (mix), input 'red': expected" in done.err
    assert f"line 4 of {values}" in done.err


def test_count_goes_with_other_axes(graphengine: Call, flow: Path, tmp_path: Path) -> None:
    done = graphengine("run", flow, "--red", "1,2", "--count", "2", "--json", "--output", tmp_path)
    assert coordinates(done) == [
        {"red": 1, "seed": 5},
        {"red": 1, "seed": 6},
        {"red": 2, "seed": 5},
        {"red": 2, "seed": 6},
    ]
    first = graphengine(
        "run", flow, "--seed", "9", "--red", "1,2", "--count", "2", "--json", "--output", tmp_path
    )
    assert coordinates(first)[:2] == [{"seed": 9, "red": 1}, {"seed": 9, "red": 2}]


def test_count_takes_every_seed_on(graphengine: Call, flow: Path, document: Any, tmp_path: Path) -> None:
    document["parameters"] = {}
    document["nodes"]["other"] = {"type": "paint", "inputs": {"paint": {"from": "mix.paint"}, "seed": 70}}
    flow.write_text(json.dumps(document))
    done = graphengine("run", flow, "--count", "2", "--json", "--output", tmp_path)
    assert sorted(each["seed"] for each in done.events[-1]["artifacts"]) == [5, 6, 70, 71]


def test_points_that_fail_are_named_at_the_end(graphengine: Call, flow: Path, tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("broke\n")
    command = [
        "run",
        flow,
        "--fail",
        "",
        "--fail",
        f"@{words}",
        "--seed",
        "1..2",
        "--output",
        tmp_path / "out",
    ]
    done = graphengine(*command)
    assert done.code == 1
    assert [Path(line).name for line in done.out.splitlines()] == [
        "paint_it-0001-seed1.png",
        "paint_it-0002-seed2.png",
        "paint_it-sheet-0001.png",
    ]
    lines = done.err.splitlines()
    assert lines[0] == "error: at fail='broke', seed=1: node 'paint' (paint): RuntimeError: broke"
    assert lines[2] == "2 of 4 points failed"
    done = graphengine(*command, "--json")
    last = done.events[-1]
    assert (done.code, last["state"], last["error"]["node"]) == (1, "failed", "paint")
    assert last["error"]["message"].startswith(
        "2 of 4 points failed, the first at fail='broke', seed=1: node"
    )
    assert [point["state"] for point in last["points"]] == ["succeeded", "succeeded", "failed", "failed"]
    assert last["points"][2]["error"]["message"] == "node 'paint' (paint): RuntimeError: broke"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--seed", "4..1"], "option '--seed': expected a range from low to high, such as 1..4, got 4..1"),
        (["--seed", "1..200", "--red", "1..100"], "at most 10,000 points, got 20,000"),
        (["--seed", "1,2", "--count", "2"], "'--count' goes with one seed to count from"),
        (["--seed", "1,2", "--set", "paint.seed=3"], "options --seed and --set paint.seed both set"),
        (["--red", "1,300,400"], "input 'red': expected an integer <= 255, got 300"),
        (["--red", "@nothing"], "there is no file 'nothing'"),
    ],
)
def test_nothing_runs_where_some_value_is_wrong(
    graphengine: Call, flow: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    done = graphengine("run", flow, *arguments, "--output", tmp_path / "out")
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert not (tmp_path / "out").exists()
