"""Text to image again in a new process, as a new runtime is: results come from the disk tier."""

from pathlib import Path
from typing import Any

from graphengine import Runtime
from graphengine.events import Event
from graphengine.home import Home

PROMPT = "a red circle on a white background"


def run(home: Home, seed: int) -> tuple[set[str], set[str]]:
    """The nodes that ran, and those that were cached, in a runtime of its own."""
    events: list[Event] = []
    runtime = Runtime(home, disk_cache=10**9)
    parameters: dict[str, Any] = {"prompt": PROMPT, "seed": seed, "steps": 6}
    assert runtime.run("text_to_image", parameters, listener=events.append).artifacts
    told = {kind: {e.node for e in events if e.event == kind} for kind in ("started", "cached")}  # type: ignore[union-attr]
    return told["started"], told["cached"]


def test_text_encoding_and_sampling_come_from_the_disk(home: Home, tmp_path: Path) -> None:
    ran, cached = run(home, 1)
    assert (len(ran), cached) == (7, set())
    ran, cached = run(home, 1)
    assert {"positive", "sample"} <= cached
    assert ran == {"save"}
    ran, cached = run(home, 2)
    assert {"positive", "negative"} <= cached
    assert {"sample", "decode", "save"} <= ran
