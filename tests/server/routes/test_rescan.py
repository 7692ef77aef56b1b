"""Plugins that come, change, go or are wrong while the server runs."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graphengine import Client
from graphengine.home import Home
from tests.server.live import Live, live_server

HOLD = """
import time

from graphengine.authoring import Context, node

@node(category="t", output=True)
def hold(*, context: Context) -> None:
    "Go on once there is a file."
    while not (context.home.root / "go").exists():
        context.check_cancelled()
        time.sleep(0.02)
"""
LATE = """
from graphengine.authoring import Context, node

@node(category="t", output=True)
def late(text: str = "", *, context: Context) -> None:
    "Note something."
    with (context.home.root / "noted").open("a") as file:
        file.write("{} " + text + "\\n")
"""


@pytest.fixture
def server(first_home: Path, tmp_path: Path) -> Iterator[Live]:
    """A server of its own."""
    shutil.copytree(first_home, tmp_path / "home")
    home = Home(tmp_path / "home")
    (home.plugins / "hold.py").write_text(HOLD)
    with live_server(home) as live:
        live.wait_for_worker()
        yield live


def run(server: Live, type: str, **inputs: Any) -> str:
    nodes = {"it": {"type": type, "inputs": inputs}}
    answer = server.post("/api/runs", {"workflow": {"format": "graphengine/1", "nodes": nodes}})
    assert answer.status == 201, answer.json
    return str(answer.json["id"])


def rescan(server: Live) -> dict[str, Any]:
    answer = server.post("/api/plugins/rescan")
    assert answer.status == 200, answer.json
    found: dict[str, Any] = answer.json
    return found


def worker(server: Live) -> int:
    return int(server.get("/api/memory").json["pid"])


NOTHING: dict[str, Any] = {"added": [], "changed": [], "removed": [], "problems": []}


def test_nothing_new_leaves_the_worker_and_what_it_holds(server: Live) -> None:
    before = worker(server)
    assert rescan(server) == NOTHING
    assert worker(server) == before


def test_a_plugin_comes_changes_and_goes(server: Live) -> None:
    file = server.home.plugins / "late.py"
    etag = server.get("/api/nodes").headers["ETag"]
    file.write_text(LATE.replace("{}", "first"))
    assert Client(server.url).rescan_plugins().added == ["late"]
    nodes = server.get("/api/nodes", If_None_Match=etag)
    assert nodes.status == 200 and nodes.headers["ETag"] != etag
    assert "late" in [each["type"] for each in nodes.json["nodes"]]
    assert server.finished(run(server, "late", text="a"))["state"] == "succeeded"
    file.write_text(LATE.replace("{}", "second"))
    assert rescan(server) == {**NOTHING, "changed": ["late"]}
    assert server.finished(run(server, "late", text="b"))["state"] == "succeeded"
    assert (server.home.root / "noted").read_text() == "first a\nsecond b\n"
    file.unlink()
    assert rescan(server) == {**NOTHING, "removed": ["late"]}
    assert server.get("/api/nodes").headers["ETag"] == etag
    assert server.get("/api/nodes/late").status == 404


def test_the_run_under_way_goes_on_untouched_and_the_next_has_the_new_nodes(server: Live) -> None:
    before = worker(server)
    held = run(server, "hold")
    with server.stream(f"/api/events/stream?since=0&run={held}") as lines:
        while b'"event":"started"' not in next(lines):
            pass
    (server.home.plugins / "hold.py").write_text(HOLD.replace("context.check_cancelled()", "1 / 0"))
    (server.home.plugins / "late.py").write_text(LATE)
    told = rescan(server)
    assert (told["added"], told["changed"]) == (["late"], ["hold"])
    coming = run(server, "late")
    assert worker(server) == before
    assert server.get(f"/api/runs/{held}").json["state"] == "running"
    (server.home.root / "go").touch()
    ended = server.finished(held)
    assert (ended["state"], ended["attempt"]) == ("succeeded", 1)
    assert server.finished(coming)["state"] == "succeeded"
    info = server.get("/api/memory").json
    assert info["pid"] != before and (info["restarts"], info["error"]) == (0, None)


def test_wrong_plugins_are_told_by_name_and_the_others_work(server: Live) -> None:
    (server.home.plugins / "late.py").write_text(LATE)
    (server.home.plugins / "slip.py").write_text("def slip(:\n")
    (server.home.plugins / "lacks.py").write_text("import surely_not_installed\n")
    (server.home.plugins / "bare").mkdir()
    (server.home.plugins / "bare" / "nodes.py").write_text(LATE)
    told = rescan(server)
    assert sorted(told["added"]) == ["lacks", "late", "slip"]
    problems = "\n".join(told["problems"])
    assert "plugin 'slip': SyntaxError" in problems and "slip.py, line 1" in problems
    assert "plugin 'lacks': needs the package 'surely_not_installed'" in problems
    assert "plugin 'bare': the folder" in problems and "__init__.py" in problems
    assert server.get("/api/nodes").json["problems"] == told["problems"]
    assert server.finished(run(server, "late"))["state"] == "succeeded"
    (server.home.plugins / "slip.py").write_text(LATE.replace("def late", "def slip"))
    told = rescan(server)
    assert told["changed"] == ["slip"] and "slip" not in "\n".join(told["problems"])


def test_a_plugin_that_ends_the_process_is_told_and_the_worker_there_is_goes_on(server: Live) -> None:
    before, etag = worker(server), server.get("/api/nodes").headers["ETag"]
    (server.home.plugins / "bomb.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n")
    told = rescan(server)
    assert (told["added"], told["changed"], told["removed"]) == ([], [], [])
    [problem] = told["problems"]
    assert "plugin 'bomb'" in problem and "SIGSEGV" in problem and "stay as they were" in problem
    assert (worker(server), server.get("/api/nodes").headers["ETag"]) == (before, etag)
    (server.home.root / "go").touch()
    assert server.finished(run(server, "hold"))["state"] == "succeeded"


def test_those_who_follow_the_events_are_told(server: Live) -> None:
    with server.stream("/api/events/stream") as lines:
        assert next(lines).startswith(b": follow")
        (server.home.plugins / "late.py").write_text(LATE)
        rescan(server)
        assert any(b'"event":"nodes"' in line for line in lines)
