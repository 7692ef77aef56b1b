"""The editor's page, as people use it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.web.boxes import box_of
from tests.web.served import PATIENCE, Served
from tests.web.waiting import until

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Response

QUICK = 60_000
"""Milliseconds after which the page itself hangs."""
KEPT = """() => {
    window.dispatchEvent(new Event("pagehide"));
    const { active, tabs } = JSON.parse(sessionStorage.getItem("graphengine.leaving"));
    return JSON.parse(tabs.find(({ id }) => id === active).text);
}"""
"""The workflow in front: what the page keeps in the browser when it is left."""
QUIET = """
    localStorage['graphengine.autosave'] ??= 'off';
    localStorage['graphengine.start'] ??= 'off';
"""
"""Nothing is saved that a test doesn't save, and an empty canvas is one."""


SELECTED = '[cmdk-item][aria-selected="true"]'


class Editor:
    """One page.

    complaints: what went to the console as an error, violations of the policy among it. refused: status and
    address of what the server didn't give.
    """

    def __init__(self, page: Page, server: Served) -> None:
        self.page = page
        self.server = server
        page.set_default_timeout(QUICK)
        self.complaints: list[str] = []
        self.refused: list[tuple[int, str]] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", self._look_at)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(message.text)

    def _look_at(self, response: Response) -> None:
        if response.status >= 400:
            self.refused.append((response.status, response.url))

    @classmethod
    def open(cls, context: BrowserContext, server: Served) -> Editor:
        context.add_init_script(QUIET)
        editor = cls(context.new_page(), server)
        editor.visit()
        return editor

    def visit(self, path: str = "/") -> None:
        self.page.goto(self.server.url + path)
        self.page.get_by_role("toolbar").wait_for()

    @property
    def document(self) -> dict[str, Any]:
        document: dict[str, Any] = self.page.evaluate(KEPT)
        return document

    @property
    def cards(self) -> Locator:
        return self.page.locator(".react-flow__node")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def card(self, name: str) -> Locator:
        return self.page.locator(f'.react-flow__node[data-id="{name}"]')

    def port(self, name: str, port: str, kind: str) -> Locator:
        """kind: "source" for an output, "target" for an input."""
        return self.card(name).locator(f'.react-flow__handle.{kind}[data-handleid="{port}"]')

    def input(self, node: str, name: str) -> Locator:
        """The field of an input; of a type of node."""
        return self.page.get_by_label(f"{name} of {node}", exact=True)

    def set(self, node: str, name: str, value: str) -> None:
        """Write a value into the field of an input."""
        self.input(node, name).fill(value)
        self.input(node, name).blur()

    def template(self, name: str) -> None:
        """Open a workflow of the server's by its name."""
        self.press("Control+o")
        self.page.locator(f'dialog .file[data-name="{name}"]').click()
        self.cards.first.wait_for()

    def choose(self, typed: str) -> None:
        """Type what is looked for in a palette, and take the first that is found."""
        self.page.locator("[cmdk-input]:focus").wait_for()
        self.page.locator("[cmdk-item]").first.wait_for()
        self.page.keyboard.type(typed)
        self.page.locator(SELECTED, has_text=typed).first.wait_for()
        self.press("Enter")
        self.page.locator("dialog").wait_for(state="detached")

    def tab_to(self, label: str) -> None:
        """Go on with Tab until a field is reached."""
        for _ in range(12):
            if self.page.evaluate("document.activeElement.ariaLabel") == label:
                return
            self.press("Tab")
        raise AssertionError(f"Tab doesn't lead to '{label}'")

    def point_at(self, what: Locator) -> None:
        """Move the mouse to the middle of something, and after it if it goes away from below the mouse."""
        x, y = box_of(what).middle
        self.page.mouse.move(x, y, steps=4)
        while math.dist((x, y), now := box_of(what).middle) > 1:
            x, y = now
            self.page.mouse.move(x, y)

    def drag(self, start: Locator, end: Locator) -> None:
        """Draw from the middle of one thing to that of another."""
        self.point_at(start)
        self.page.mouse.down()
        self.point_at(end)
        self.page.mouse.up()

    def pull(self, what: Locator, x: float, y: float) -> None:
        """Drag something by its upper left part, so many pixels to the right and down."""
        box = box_of(what)
        start = box.x + min(60, box.width / 2), box.y + min(8, box.height / 2)
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(start[0] + x, start[1] + y, steps=8)
        self.page.mouse.up()

    def run(self, ask: Callable[[], None] | None = None) -> dict[str, Any]:
        """Run, by keyboard unless told how, and wait for its end; returns the run."""
        id = self.submit(ask)
        until(lambda: self.server.json(f"/api/runs/{id}")["state"] in ("queued", "running"), False)
        self.page.locator(".status").get_by_text("done", exact=True).wait_for(timeout=PATIENCE * 1000)
        run: dict[str, Any] = self.server.json(f"/api/runs/{id}")
        return run

    def submit(self, ask: Callable[[], None] | None = None) -> str:
        """Run, and don't wait for the end; returns the run's name."""
        with self.page.expect_response(lambda answer: answer.url.endswith("/api/runs")) as asked:
            ask() if ask else self.press("Control+Enter")
        assert asked.value.status in (200, 201, 202), asked.value.text()
        return str(asked.value.json()["id"])

    def save_as(self, name: str) -> None:
        """Save what has no name on the server yet."""
        self.press("Control+s")
        self.page.locator("dialog").get_by_label("Name").fill(name)
        self.press("Enter")
        self.page.get_by_text(f"Saved '{name}', version 1").wait_for()

    def export(self, folder: Path) -> Path:
        """The workflow as a file of this computer."""
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name="Download JSON").click()
        file = folder / download.value.suggested_filename
        download.value.save_as(file)
        return file

    def paste(self, content: str) -> None:
        """Paste a text from elsewhere."""
        self.page.evaluate(
            """(content) => {
                const clipboardData = new DataTransfer();
                clipboardData.setData("text/plain", content);
                document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
            }""",
            content,
        )

    def drop(self, name: str, media_type: str, content: bytes) -> None:
        """Drop a file onto the canvas."""
        transfer = self.page.evaluate_handle(
            """([name, type, bytes]) => {
                const transfer = new DataTransfer();
                transfer.items.add(new File([new Uint8Array(bytes)], name, { type }));
                return transfer;
            }""",
            [name, media_type, list(content)],
        )
        self.page.locator(".canvas").dispatch_event("drop", {"dataTransfer": transfer})


def written(file: Path) -> dict[str, Any]:
    """The JSON of a file."""
    document: dict[str, Any] = json.loads(file.read_text())
    return document
