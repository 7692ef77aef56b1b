import io
import re
from pathlib import Path

from rich.console import Console

from graphengine.artifacts import Artifact
from graphengine.cli.progress_bars import ProgressBars
from graphengine.events import Cached, Event, Finished, Output, Progress, Queued, Started


def drawn(*events: Event, runs: int = 1, terminal: bool = True) -> tuple[str, list[Event]]:
    """What appears on the screen, without colours, and what was said about saved pictures."""
    screen = io.StringIO()
    saved: list[Event] = []
    bars = ProgressBars(Console(file=screen, force_terminal=terminal, width=100), saved.append, runs)
    with bars:
        for event in events:
            bars(event)
            bars._bars.refresh()
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen.getvalue()), saved


def test_the_node_at_work_its_step_and_its_note_are_shown() -> None:
    text, _ = drawn(
        Queued(("a", "b", "c")), Cached("a"), Started("b"), Progress("b", 3, 20, "hashing"), Started("c")
    )
    assert re.search(r"nodes .* 1/3", text)
    assert re.search(r"b .* 3/20 +hashing", text)
    assert re.search(r"nodes .* 2/3", text)
    assert re.search(r"c .* 0/\?", text)


def test_the_pictures_of_several_runs_are_counted() -> None:
    last = Finished("succeeded", 1, 0, 0.0)
    text, _ = drawn(Queued(("a",)), Started("a"), last, Queued(("a",)), Started("a"), last, runs=2)
    assert "picture 1 of 2" in text
    assert "picture 2 of 2" in text


def test_saved_pictures_are_told_on() -> None:
    in_memory = Output("a", Artifact("a", None, 1, 1))
    on_disk = Output("a", Artifact("a", Path("x.png"), 1, 1))
    _, saved = drawn(Queued(("a",)), Started("a"), in_memory, on_disk)
    assert saved == [on_disk]


def test_progress_of_another_node_is_no_concern() -> None:
    text, _ = drawn(Queued(("a", "b")), Started("a"), Progress("b", 7, 9))
    assert "7/9" not in text


def test_without_a_terminal_nothing_is_drawn() -> None:
    text, _ = drawn(Queued(("a",)), Started("a"), Progress("a", 1, 2), terminal=False)
    assert text.strip() == ""
