"""The page on screens of every size: nothing wraps, is cut, too small to hit, or jumps while it loads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.web.boxes import box_of
from tests.web.editor import Editor
from tests.web.served import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SIZES = ((1280, 800), (1920, 1080), (390, 844))
FINGER, MOUSE = 44, 24
"""Pixels that are hit with ease."""
BUTTONS = """() => [...document.querySelectorAll(".toolbar button, .tabs button, .status button")]
    .filter((button) => button.checkVisibility())
    .map((button) => {
        const { top, bottom, left, right } = button.getBoundingClientRect();
        return { name: button.ariaLabel || button.textContent, top, bottom, left, right,
                 toolbar: button.closest(".toolbar") !== null };
    })"""
CUT = """() => [...document.querySelectorAll(".card-title")]
    .filter((title) => title.scrollWidth > title.clientWidth).map((title) => title.textContent)"""
SHIFTS = """() => {
    window.shifts = [];
    new PerformanceObserver((list) => {
        for (const { value, hadRecentInput, sources } of list.getEntries())
            if (!hadRecentInput) window.shifts.push([value, sources.map(({ node }) => node?.className)]);
    }).observe({ type: "layout-shift", buffered: true });
}"""


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}")
def test_the_toolbar_is_one_row_and_buttons_are_large_enough(
    browser: Browser, server: Served, size: tuple[int, int]
) -> None:
    width, height = size
    narrow = width < 700
    context = browser.new_context(
        viewport={"width": width, "height": height}, has_touch=narrow, is_mobile=narrow
    )
    editor = Editor.open(context, server)
    editor.template("text_to_image")
    editor.page.get_by_text("ready to run").wait_for()
    box_of(editor.cards.first)
    buttons: list[dict[str, Any]] = editor.page.evaluate(BUTTONS)
    least = FINGER if narrow else MOUSE
    small = [
        each["name"]
        for each in buttons
        if min(each["right"] - each["left"], each["bottom"] - each["top"]) < least - 0.5
    ]
    assert small == []
    tools = [each for each in buttons if each["toolbar"]]
    middles = {round((each["top"] + each["bottom"]) / 2) for each in tools}
    assert len(tools) > 4 and max(middles) - min(middles) <= 1
    assert all(each["left"] >= 0 and each["right"] <= width for each in tools)
    assert editor.page.evaluate("document.documentElement.scrollWidth") <= width
    assert editor.page.evaluate(CUT) == []
    context.close()


def test_nothing_jumps_at_the_first_start(browser: Browser, server: Served) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(f"({SHIFTS})()")
    editor = Editor(context.new_page(), server)
    editor.visit()
    editor.page.locator(".start img").first.wait_for()
    editor.page.evaluate("Promise.all([...document.images].map((image) => image.decode().catch(() => 0)))")
    shifts = editor.page.evaluate("window.shifts")
    assert sum(value for value, _ in shifts) < 0.01, shifts
    context.close()
