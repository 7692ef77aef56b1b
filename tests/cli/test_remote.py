"""`submit`, `watch` and `queue` against a server of this machine."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from graphengine.home import Home
from tests.cli.conftest import Call
from tests.server.core.troublemaker import ADDING
from tests.server.live import Live, live_server


@pytest.fixture(scope="module")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    from tests.server.core.troublemaker import PLUGIN

    home = Home(tmp_path_factory.mktemp("remote") / "home")
    home.plugins.mkdir(parents=True)
    (home.plugins / "trouble.py").write_text(PLUGIN)
    with live_server(home) as server:
        yield server


@pytest.fixture
def adding(tmp_path: Path, home: Home, monkeypatch: pytest.MonkeyPatch, remote: Live) -> Path:
    """The workflow in a file; the server is the one that the environment names."""
    monkeypatch.setenv("GRAPHENGINE_SERVER", remote.url)
    path = tmp_path / "adding.json"
    path.write_text(json.dumps(ADDING))
    return path


def test_a_run_is_submitted_watched_and_its_pictures_come(
    adding: Path, graphengine: Call, remote: Live, tmp_path: Path
) -> None:
    called = graphengine(
        "submit", adding, "--a", "41", "--text", "7", "--watch", "--output", tmp_path / "out"
    )
    assert called.code == 0, called.err
    [picture] = (tmp_path / "out").iterdir()
    with Image.open(picture) as opened:
        assert opened.getpixel((0, 0)) == (43, 43, 43)
    run = remote.get("/api/runs?limit=1").json["runs"][0]
    assert run["values"] == {"a": 41, "text": "7"}  # by the server's types: a number, and a text


def test_several_values_are_a_batch(adding: Path, graphengine: Call, remote: Live) -> None:
    called = graphengine("submit", adding, "--a", "1..3", "--priority", "5")
    ids = called.out.split()
    assert [remote.get(f"/api/runs/{id}").json["values"]["a"] for id in ids] == [1, 2, 3]
    assert remote.finished(ids[-1])["priority"] == 5


def test_watching_a_run_that_failed_tells_why(adding: Path, graphengine: Call, remote: Live) -> None:
    nodes = {"it": {"type": "trouble", "inputs": {"kind": "raise"}}}
    id = remote.post("/api/runs", {"workflow": {"format": "graphengine/1", "nodes": nodes}}).json["id"]
    called = graphengine("watch", id)
    assert called.code == 1
    assert "as was asked" in called.err
    again = graphengine("watch", id, "--json")
    assert again.events[-1]["state"] == "failed"


def test_the_queue_is_shown_and_changed(adding: Path, graphengine: Call, remote: Live) -> None:
    assert "paused" in graphengine("queue", "--pause").out
    try:
        first, second = (graphengine("submit", adding, "--a", each).out.strip() for each in (1, 2))
        called = graphengine("queue", "--first", second, "--json")
        assert [run["id"] for run in called.events[0]["waiting"]] == [second, first]
        assert second not in graphengine("queue", "--cancel", second).out
        assert graphengine("queue", "--cancel", second).code == 2
        assert graphengine("queue", "--pause", "--resume").code == 2
    finally:
        graphengine("queue", "--resume")
    assert remote.finished(first)["state"] == "succeeded"


def test_every_problem_is_told(adding: Path, graphengine: Call) -> None:
    called = graphengine("submit", adding, "--a", "x", "--seed", "y")
    assert called.code == 2
    assert called.err.count("error:") == 2
    assert graphengine("watch", "nobody").err == "error: there is no run 'nobody'\n"


def test_no_server_is_one_clear_message(adding: Path, graphengine: Call) -> None:
    called = graphengine("submit", adding, "--server", "http://127.0.0.1:9")
    assert called.code == 2
    assert (
        called.err.count("\n") == 1 and "can't be reached" in called.err and "graphengine serve" in called.err
    )
    assert graphengine("queue", "--server", "ftp://x").code == 2


def test_a_picture_of_this_machine_is_uploaded(
    adding: Path, graphengine: Call, remote: Live, tmp_path: Path
) -> None:
    Image.new("RGB", (3, 3), "red").save(tmp_path / "red.png")
    called = graphengine("submit", adding, "--text", tmp_path / "red.png")
    run = remote.get(f"/api/runs/{called.out.strip()}").json
    [upload] = remote.get("/api/uploads").json["uploads"]
    assert run["values"]["text"] == upload["name"]
    shutil.rmtree(remote.home.input)
