"""A server that is killed and started again at the worst moments: nothing is lost, no event missed."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, WebSocket, expect

from tests.web.editor import Editor
from tests.web.served import PATIENCE, Served, served

BANNER = "The server can't be reached."
LONG = 400
"""Steps of a run that is still at work when it is cut off."""


class Heard:
    """The events that came to a page, over however many sockets."""

    def __init__(self, editor: Editor) -> None:
        self.events: list[dict[str, Any]] = []
        self.sockets = 0
        self.page = editor.page
        editor.page.on("websocket", self._follow)

    def _follow(self, socket: WebSocket) -> None:
        self.sockets += 1
        socket.on("framereceived", self._take)

    def _take(self, frame: str | bytes) -> None:
        if isinstance(frame, str):
            self.events += json.loads(frame)

    def wait_for(self, kind: str) -> None:
        """Until something of this kind is heard that wasn't heard before."""
        known = len(self.events)
        end = time.monotonic() + PATIENCE
        while all(event["event"] != kind for event in self.events[known:]):
            assert time.monotonic() < end, f"no '{kind}' was heard"
            self.page.wait_for_timeout(50)

    def of(self, run: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["run"] == run]


@pytest.fixture
def own(browser: Browser, tmp_path: Path) -> Iterator[tuple[Editor, Served, Heard]]:
    """A server to be killed, and a page of it with a template."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    with served(tmp_path / "home") as server:
        page = context.new_page()
        editor = Editor(page, server)
        heard = Heard(editor)
        editor.visit()
        editor.template("text_to_image")
        editor.input("sample", "steps").wait_for()
        yield editor, server, heard
        context.close()


def until_back(editor: Editor) -> None:
    expect(editor.page.locator(".banner")).to_have_count(0, timeout=PATIENCE * 1000)


def test_a_server_killed_in_the_middle_of_a_run(own: tuple[Editor, Served, Heard]) -> None:
    editor, server, heard = own
    page = editor.page
    editor.set("sample", "steps", str(LONG))
    run = editor.submit()
    for number in range(2):  # the server runs again what was cut off, but not for ever
        heard.wait_for("progress")
        editor.card("sample").locator(".badge", has_text=f"/{LONG}").wait_for()
        server.end(at_once=True)
        page.get_by_text(BANNER).first.wait_for()
        editor.set("sample", "guidance", f"{3 + number}.5")
        server.start()
        until_back(editor)
    status = page.locator(".status")
    status.get_by_text("failed", exact=True).wait_for(timeout=PATIENCE * 1000)
    page.get_by_role("tab", name="Queue").click()
    page.get_by_text("the server or its worker ended twice while this ran").first.wait_for()
    assert editor.document["nodes"]["sample"]["inputs"]["guidance"] == 4.5

    stored = server.json(f"/api/runs/{run}/events?limit=1000")["events"]
    seen = {event["sequence"]: event for event in heard.of(run)}
    assert [event["state"] for event in stored if event["event"] == "state"].count("interrupted") == 2
    assert {event["sequence"]: event for event in stored}.items() <= seen.items()
    assert {event["event"] for event in seen.values() if event not in stored} <= {"progress"}
    assert len(seen) == len(heard.of(run)) and list(seen) == sorted(seen)
    assert heard.sockets >= 3

    with page.expect_response(lambda answer: answer.url.endswith("/retry")) as retried:
        page.get_by_role("button", name="Retry").first.click()
    again = retried.value.json()["id"]
    page.locator(".runs").get_by_text("done", exact=True).wait_for(timeout=PATIENCE * 1000)
    assert server.json(f"/api/runs/{again}")["state"] == "succeeded"


def test_a_server_killed_while_saving(own: tuple[Editor, Served, Heard]) -> None:
    editor, server, _ = own
    editor.set("sample", "steps", "7")
    assert server.process is not None
    server.process.send_signal(signal.SIGSTOP)  # it takes the request, and does nothing
    editor.press("Control+s")
    editor.page.locator("dialog").get_by_label("Name").fill("mine")
    with editor.page.expect_request(lambda request: request.method == "PUT"):
        editor.press("Enter")
    server.end(at_once=True)
    editor.page.get_by_text(BANNER).first.wait_for()
    assert editor.document["nodes"]["sample"]["inputs"]["steps"] == 7
    server.start()
    until_back(editor)
    assert [each for each in server.json("/api/workflows")["workflows"] if each["name"] == "mine"] == []
    name = editor.page.locator("dialog").get_by_label("Name")
    expect(name).to_have_value("mine")  # what was asked for is still there to be asked for again
    name.press("Enter")
    editor.page.get_by_text("Saved 'mine', version 1").wait_for()
    editor.page.locator("dialog").wait_for(state="detached")
    assert server.json("/api/workflows/mine")["document"]["nodes"]["sample"]["inputs"]["steps"] == 7


def test_a_save_whose_answer_was_lost_is_no_conflict_with_oneself(own: tuple[Editor, Served, Heard]) -> None:
    editor, server, _ = own
    editor.save_as("lost")
    editor.set("sample", "steps", "8")

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    editor.page.route("**/api/workflows/lost", lose)
    editor.press("Control+s")
    editor.page.get_by_text(BANNER).first.wait_for()
    editor.page.unroute("**/api/workflows/lost")
    assert server.json("/api/workflows/lost")["version"] == 2
    editor.press("Control+s")
    editor.page.get_by_text("Saved 'lost', version 2").wait_for()
    expect(editor.page.locator("dialog")).to_have_count(0)
