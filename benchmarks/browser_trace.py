"""What Chromium's trace of a gesture says: when frames were drawn, and what they cost the page's thread."""

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

CATEGORIES = [
    "-*",
    "toplevel",
    "devtools.timeline",
    "disabled-by-default-devtools.timeline.frame",
    "blink.user_timing",
]
BEGIN, END = "gesture begins", "gesture ends"
FRAMES_LATER = """async (mark) => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    performance.mark(mark);
}"""
"""Marks the end once what the last input asked for was drawn."""
INPUT = {"mousedown", "mousemove", "mouseup", "wheel", "keydown", "click"}


@dataclass(frozen=True)
class Frames:
    """The frames of a gesture; milliseconds.

    answers: from each input to the first frame after it. work: what the page's thread computed for a frame.
    """

    rate: float
    longest: float
    answers: tuple[float, ...]
    work: float
    count: int


def traced(browser: Browser, page: Page, gesture: Callable[[], None]) -> Frames:
    """Make a gesture under the trace."""
    browser.start_tracing(page=page, categories=CATEGORIES)
    page.evaluate(f"performance.mark('{BEGIN}')")
    gesture()
    page.evaluate(FRAMES_LATER, END)
    return frames(json.loads(browser.stop_tracing())["traceEvents"])


def frames(events: list[dict[str, Any]]) -> Frames:
    """What a trace says of what lies between its two marks."""
    marks = {
        event["name"]: event for event in events if event["name"] in (BEGIN, END) and event["ph"] in "IRn"
    }
    begin, end = marks[BEGIN]["ts"], marks[END]["ts"]
    process, thread = marks[BEGIN]["pid"], marks[BEGIN]["tid"]
    inside = [event for event in events if event.get("pid") == process and begin <= event["ts"] <= end]
    asked = sorted(
        event["ts"]
        for event in inside
        if event["name"] == "EventDispatch" and event["args"].get("data", {}).get("type") in INPUT
    )
    drawn = sorted(event["ts"] for event in inside if event["name"] == "DrawFrame")
    drawn = [time for time in drawn if not asked or time >= asked[0]]
    gaps = [(after - before) / 1000 for before, after in itertools.pairwise(drawn)]
    answers = [(next((time for time in drawn if time > ask), end) - ask) / 1000 for ask in asked]
    tasks = [event for event in inside if event["tid"] == thread and event["name"].endswith("::RunTask")]
    work = sum(event.get("tdur", event.get("dur", 0)) for event in tasks) / 1000
    seconds = sum(gaps) / 1000
    return Frames(
        rate=len(gaps) / seconds if seconds else 0.0,
        longest=max(gaps, default=0.0),
        answers=tuple(answers),
        work=work / max(1, len(drawn)),
        count=len(drawn),
    )
