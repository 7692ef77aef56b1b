import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as Pillow

from graphengine.home import Home
from graphengine.provenance import read_provenance

Call = Callable[..., Any]


def pixels(path: Path) -> Any:
    with Pillow.open(path) as picture:
        return np.asarray(picture)


def pictures(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_saved_picture_is_one_line_and_carries_its_workflow(
    graphengine: Call, flow: Path, tmp_path: Path
) -> None:
    done = graphengine("run", flow, "--red", "30", "--output", tmp_path / "out")
    assert (done.code, done.err) == (0, "")
    path = Path(done.out.strip())
    assert path.name == "paint_it-0001-seed5.png"
    record = read_provenance(path)
    assert record.parameters == {"red": 30, "seed": 5}
    assert record.document["nodes"]["mix"]["inputs"] == {"red": 30}
    assert pixels(path)[0, 0].tolist() == [30, 30, 30]


def test_without_an_output_folder_pictures_go_home(graphengine: Call, flow: Path, home: Home) -> None:
    assert graphengine("run", flow).code == 0
    assert pictures(home.output) == ["paint_it-0001-seed5.png"]


def test_a_picture_is_made_again_to_the_pixel(graphengine: Call, flow: Path, tmp_path: Path) -> None:
    graphengine("run", flow, "--seed", "77", "--output", tmp_path / "out")
    [first] = (tmp_path / "out").iterdir()
    flow.unlink()
    done = graphengine("run", first, "--output", tmp_path / "again")
    [again] = (tmp_path / "again").iterdir()
    assert done.code == 0
    assert again.name == first.name
    assert np.array_equal(pixels(first), pixels(again))
    graphengine("run", first, "--output", tmp_path / "other", "--seed", "78")
    [other] = (tmp_path / "other").iterdir()
    assert not np.array_equal(pixels(first), pixels(other))


def test_count_makes_consecutive_seeds_and_mixes_the_colour_once(
    graphengine: Call, flow: Path, tmp_path: Path
) -> None:
    done = graphengine("run", flow, "--count", "3", "--seed", str(2**64 - 2), "--json", "--output", tmp_path)
    assert [each["seed"] for each in done.events[-1]["artifacts"]] == [2**64 - 2, 2**64 - 1, 0]
    assert (done.events[-1]["executed"], done.events[-1]["cached"]) == (4, 2)
    assert [event["event"] for event in done.events].count("finished") == 1


def test_any_input_can_be_set(graphengine: Call, flow: Path, tmp_path: Path) -> None:
    done = graphengine(
        "run",
        flow,
        "--set",
        "mix.red=1",
        "--set",
        "paint.steps=2",
        "--set",
        "paint.fancy=yes",
        "--json",
        "--output",
        tmp_path,
    )
    assert [event["step"] for event in done.events if event["event"] == "progress"] == [1, 2]
    record = read_provenance(Path(done.events[-1]["artifacts"][0]["path"]))
    assert record.document["nodes"]["paint"]["inputs"]["fancy"] is True
    assert record.parameters["red"] == 1


def test_json_tells_every_event_and_ends_with_what_was_made(
    graphengine: Call, flow: Path, tmp_path: Path
) -> None:
    done = graphengine("run", flow, "--json", "--output", tmp_path / "out")
    kinds = [event["event"] for event in done.events]
    assert kinds == [
        "queued",
        "started",
        "done",
        "started",
        "preview",
        "progress",
        "output",
        "done",
        "finished",
    ]
    last = done.events[-1]
    assert {**last, "seconds": 0, "artifacts": []} == {
        "event": "finished",
        "state": "succeeded",
        "executed": 2,
        "cached": 0,
        "skipped": 0,
        "seconds": 0,
        "artifacts": [],
        "error": None,
    }
    path = str(tmp_path / "out" / "paint_it-0001-seed5.png")
    assert last["artifacts"] == [{"node": "paint", "path": path, "width": 8, "height": 6, "seed": 5}]
    assert done.err == ""


def test_a_failed_run_is_one_line_and_exit_code_1(graphengine: Call, flow: Path, tmp_path: Path) -> None:
    done = graphengine("run", flow, "--fail", "the brush broke", "--output", tmp_path / "out")
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines()[0] == "error: node 'paint' (paint): RuntimeError: the brush broke"
    assert "Traceback" not in done.err
    assert pictures(tmp_path / "out") == []
    done = graphengine("run", flow, "--fail", "again", "--output", tmp_path / "out", "--json")
    assert done.code == 1
    last = done.events[-1]
    assert (last["state"], last["executed"], last["error"]["node"]) == ("failed", 1, "paint")


def test_an_unforeseen_failure_of_a_node_leaves_its_traceback_in_the_log(
    graphengine: Call, flow: Path, home: Home
) -> None:
    done = graphengine("run", flow, "--fail", "the brush broke")
    [log] = home.logs.iterdir()
    assert "RuntimeError: the brush broke" in log.read_text()
    assert str(log) in done.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--rad", "3"], "no such option: '--rad'; did you mean '--red'?"),
        (["--red", "300"], "node 'mix' (mix), input 'red': expected an integer <= 255, got 300"),
        (["--red", "lots"], "input 'red': expected an integer, got 'lots'"),
        (["--line-steps", "x"], "node 'paint' (paint), input 'steps': expected an integer, got 'x'"),
        (
            ["--set", "mox.red=3"],
            "setting 'mox.red': expected an input of a node",
        ),
        (["--set", "mix.rad=3"], "did you mean 'mix.red'?"),
        (["--set", "mix.red"], "option '--set': expected NODE.INPUT=VALUE, got 'mix.red'"),
        (["--set", 'mix.red={"from": "paint.nothing"}'], "mix"),
        (["--seed", "-1"], "input 'seed': expected an integer >= 0, got -1"),
        (["--memory", "lots"], "option '--memory': expected a size"),
        (["--count", "0"], "option '--count': expected an integer >= 1"),
    ],
)
def test_a_wrong_value_is_one_message_and_exit_code_2(
    graphengine: Call, flow: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    done = graphengine("run", flow, *arguments, "--output", tmp_path / "out")
    assert done.code == 2
    assert message in done.err
    assert "Traceback" not in done.err
    assert not (tmp_path / "out").exists()
    as_json = graphengine("run", flow, *arguments, "--json")
    assert as_json.code == 2
    assert as_json.events[-1]["state"] == "failed"
    assert message in str(as_json.events[-1])


def test_all_wrong_values_are_told_at_once(graphengine: Call, flow: Path) -> None:
    done = graphengine("run", flow, "--red", "300", "--rad", "3", "--json")
    assert len(done.events[-1]["problems"]) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is no JSON"),
        ("[]", "expected an object"),
        ('{"format": "graphengine/99", "nodes": {}}', "newer than the program"),
        (b"\xff\xfe", "isn't UTF-8"),
        (b"\x89PNG\r\n\x1a\n", "is not a picture"),
    ],
)
def test_an_unreadable_workflow_is_one_message_and_exit_code_2(
    graphengine: Call, flow: Path, text: str | bytes, message: str
) -> None:
    flow.write_bytes(text if isinstance(text, bytes) else text.encode())
    done = graphengine("run", flow)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert len(done.err.splitlines()) == 1


def test_a_picture_without_a_workflow_says_so(graphengine: Call, flow: Path, tmp_path: Path) -> None:
    Pillow.new("RGB", (4, 4)).save(tmp_path / "bare.png")
    Pillow.new("RGB", (4, 4)).save(tmp_path / "bare.jpg")
    for name in ("bare.png", "bare.jpg"):
        done = graphengine("run", tmp_path / name)
        assert done.code == 2
        assert "carries no workflow" in done.err


def test_a_missing_workflow_names_the_nearest(graphengine: Call, flow: Path, home: Home) -> None:
    home.workflows.mkdir(parents=True)
    (home.workflows / "sunset.json").write_text(flow.read_text())
    assert graphengine("run", "sunset").code == 0
    assert graphengine("run", "sunset.json").code == 0
    done = graphengine("run", "sunsat")
    assert done.code == 2
    assert "there is no workflow 'sunsat'; did you mean 'sunset'?" in done.err


def test_an_output_that_is_no_folder_is_found_before_the_run(graphengine: Call, flow: Path) -> None:
    done = graphengine("run", flow, "--output", flow, "--json")
    assert done.code == 1
    assert [event["event"] for event in done.events] == ["finished"]
    assert "cannot save into" in done.events[-1]["error"]["message"]


def test_a_disk_that_fills_up_leaves_no_half_file(
    graphengine: Call, flow: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: object, target: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "link", full)
    monkeypatch.setattr(os, "replace", full)
    done = graphengine("run", flow, "--output", tmp_path / "out")
    assert done.code == 1
    assert "cannot save into" in done.err
    assert "no space left on device" in done.err
    assert pictures(tmp_path / "out") == []


def test_help_lists_the_workflows_parameters(graphengine: Call, flow: Path) -> None:
    done = graphengine("run", flow, "--help")
    assert done.code == 0
    words = " ".join(done.out.split())
    assert "--red How red. Takes an integer from 0 to 255; now 20." in words
    assert "--count N" in words
    assert "--count N" in graphengine("run", "--help").out


def test_a_workflow_without_a_seed_cannot_be_counted(graphengine: Call, flow: Path, tmp_path: Path) -> None:
    (tmp_path / "bare.json").write_text(
        json.dumps({"format": "graphengine/1", "nodes": {"mix": {"type": "mix"}}})
    )
    done = graphengine("run", tmp_path / "bare.json", "--count", "2")
    assert (done.code, done.err) == (2, "error: option '--count': this workflow has no seed\n")


def test_a_defect_is_one_line_and_a_log(
    graphengine: Call, flow: Path, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object, **options: object) -> None:
        raise ZeroDivisionError("two lines\nof text")

    monkeypatch.setattr("graphengine.cli.run_command.Runtime", broken)
    done = graphengine("run", flow)
    [log] = home.logs.iterdir()
    assert done.code == 1
    assert done.err == f"error: unexpected ZeroDivisionError: two lines of text; the details are in {log}\n"
    assert "Traceback" in log.read_text()
    with pytest.raises(ZeroDivisionError):
        graphengine("--debug", "run", flow)
