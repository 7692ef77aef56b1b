"""Where on the window things are, once they are there and move no more."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import Error

from tests.web.served import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Locator

AT_REST = """(element) => new Promise((resolve) => {
    const MOST = 200, ENOUGH = 4;
    let before = "", same = 0, frames = 0;
    const look = () => {
        const { x, y, width, height } = element.getBoundingClientRect();
        const now = [x, y, width, height];
        const seen = element.checkVisibility({ visibilityProperty: true }) && (width > 0 || height > 0);
        const pans = document.querySelector(".react-flow__renderer")?.__transition !== undefined; // d3's mark
        same = seen && !pans && `${now}` === before ? same + 1 : 0;
        before = `${now}`;
        if (same === ENOUGH) resolve(now);
        else if (!element.isConnected || ++frames === MOST) resolve(null);
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
})"""
"""The box of an element, which was the same over several frames; null if it's gone, or moves on and on."""


class Box(NamedTuple):
    """In pixels of the window."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2


def box_of(what: Locator, *, other_than: Box | None = None) -> Box:
    """Where it is, once it's seen and at rest, even if drawn anew meanwhile. `other_than`: and has moved."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            found = what.evaluate(AT_REST)
        except Error as error:
            if "not attached" not in error.message and "detached" not in error.message:
                raise
            continue
        if found is not None and (box := Box(*found)) != other_than:
            return box
    raise AssertionError(f"{what} isn't seen at rest, or is still where it was: {other_than}")
