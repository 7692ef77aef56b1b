"""What people do to a graph by mouse and by keyboard, chosen by chance."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from tests.web.editor import Editor

IN_REACH = """(selector) => [...document.querySelectorAll(selector)].flatMap((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const hit = document.elementFromPoint(x, y);
    return hit && (element === hit || element.contains(hit)) ? [[x, y]] : [];
})"""
"""The middles of what a selector finds, as far as a mouse can reach them."""
HEADERS = ".react-flow__node .card-header"
OUTPUTS = ".react-flow__handle.source"
INPUTS = ".react-flow__handle.target"
LINKS = ".react-flow__edge-interaction"
NUMBERS = ".react-flow__node .field.number input[type=text]"
FEW = 3
"""Cards in reach, with fewer of which most gestures would do nothing."""
TYPES = ("encode text", "empty latent", "vae decode", "sample", "resize image")
LEFT_OUT = ("Undo", "Redo", "Add a node", "Link")
"""Commands of the palette that are tried otherwise, or are what is tried."""


class Gestures:
    """One seed's choice of what to do next."""

    def __init__(self, editor: Editor, seed: int) -> None:
        self.editor = editor
        self.page = editor.page
        self.chance = random.Random(seed)
        self.kinds: tuple[Callable[[], None], ...] = (
            self.add, self.move, self.move, self.link, self.link, self.link, self.unlink, self.drag_number,
            self.type_value, self.press_key, self.press_key, self.command, self.command, self.paste,
        )  # fmt: skip

    def next(self) -> None:
        """Do something, and tell what."""
        kind = self.chance.choice(self.kinds)
        if len(self.in_reach(HEADERS)) < FEW:
            kind = self.add
        print(kind.__name__, end=" ", flush=True)
        kind()
        self.back_to_graph()

    def back_to_graph(self) -> None:
        """Whatever a gesture left open is closed, so that the next one reaches the graph."""
        for _ in range(5):
            if self.page.locator("dialog, [role=menu]").count() == 0:
                break
            self.editor.press("Escape")
        if self.page.locator(".combobox-list").count() > 0:
            self.editor.press("Escape")
            self.page.locator("[role=combobox]:focus").wait_for()  # it goes back there, a moment later
        self.page.evaluate("document.activeElement?.blur()")

    def in_reach(self, selector: str) -> list[list[float]]:
        found: list[list[float]] = self.page.evaluate(IN_REACH, selector)
        return found

    def one(self, selector: str) -> tuple[float, float] | None:
        found = self.in_reach(selector)
        if not found:
            return None
        x, y = self.chance.choice(found)
        return x, y

    def drag(self, start: tuple[float, float] | None, x: float, y: float) -> None:
        if start is None:
            return
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(x, y, steps=3)
        self.page.mouse.up()

    def choose_nodes(self) -> bool:
        """Click one node, sometimes with others, or take all."""
        place = self.one(HEADERS)
        if place is None:
            return False
        self.page.mouse.click(*place)
        for _ in range(self.chance.choice((0, 0, 0, 1, 2))):
            other = self.one(HEADERS)
            if other is not None:
                self.page.keyboard.down("Control")
                self.page.mouse.click(*other)
                self.page.keyboard.up("Control")
        return True

    def add(self) -> None:
        self.editor.press("f")
        self.page.evaluate("document.activeElement?.blur()")
        self.editor.press("Tab")
        self.editor.choose(self.chance.choice(TYPES))

    def move(self) -> None:
        start = self.one(HEADERS)
        if start is not None:
            far = self.chance.randrange(-160, 160), self.chance.randrange(-120, 120)
            self.drag(start, start[0] + far[0], start[1] + far[1])

    def link(self) -> None:
        end = self.one(INPUTS)
        if end is not None:
            self.drag(self.one(OUTPUTS), *end)

    def unlink(self) -> None:
        place = self.one(LINKS)
        if place is not None:
            self.page.mouse.click(*place)
            self.editor.press("Delete")

    def drag_number(self) -> None:
        start = self.one(NUMBERS)
        if start is not None:
            self.drag(start, start[0] + self.chance.randrange(-60, 60), start[1])

    def type_value(self) -> None:
        are_far = self.page.locator(".card-far").count() > 0  # a card then comes near first, in its own time
        if self.choose_nodes() and not are_far:
            self.editor.press("Enter", *self.chance.choices(("ArrowUp", "7", "Tab", "a", "ArrowDown"), k=3))

    def press_key(self) -> None:
        if self.choose_nodes():
            keys = ("ArrowUp", "Shift+ArrowLeft", "m", "b", "c", "Control+d", "Delete", "Shift+Delete")
            self.editor.press(self.chance.choice(keys))

    def command(self) -> None:
        """Something from the palette of commands: all that changes a workflow, as it comes to be there."""
        self.choose_nodes()
        self.editor.press("Control+k")
        items: list[Any] = self.page.locator("[cmdk-item]").all()
        changing = self.page.locator("[cmdk-group]", has_text="Edit").or_(
            self.page.locator("[cmdk-group]", has_text="Arrange")
        )
        titles = [
            title for title in changing.locator(".palette-name").all_inner_texts() if title not in LEFT_OUT
        ]
        if items and titles:
            title = self.chance.choice(titles)
            print(f"'{title}'", end=" ")
            self.page.locator(".palette-name").get_by_text(title, exact=True).click()

    def paste(self) -> None:
        if self.choose_nodes():
            self.editor.press("Control+c", "Control+v")
