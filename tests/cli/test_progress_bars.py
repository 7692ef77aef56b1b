import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from graphengine.artifacts import Artifact
from graphengine.cli.announcements import Announcements
from graphengine.cli.progress_bars import ProgressBars
from graphengine.events import (
    Cached,
    Done,
    Event,
    Expanded,
    Finished,
    Output,
    Progress,
    Queued,
    Skipped,
    Started,
)


def drawn(*events: Event, runs: int = 1, terminal: bool = True) -> str:
    """What appears on the screen, without colours."""
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=terminal, width=100)
    bars = ProgressBars(console, Announcements(["c"]), runs)
    with bars:
        for event in events:
            bars(event)
            bars._bars.refresh()
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen.getvalue())


def last_drawing(text: str) -> str:
    return text[text.rindex("nodes") :]


def test_the_node_at_work_its_step_and_its_note_are_shown() -> None:
    text = drawn(
        Queued(("a", "b", "c")),
        Cached("a"),
        Started("b"),
        Progress("b", 3, 20, "hashing"),
        Done("b", 0.1),
        Started("c"),
    )
    assert re.search(r"nodes .* 1/3", text)
    assert re.search(r"b .* 3/20 +hashing", text)
    assert re.search(r"nodes .* 2/3", text)
    assert re.search(r"c .* 0/\?", text)
    assert "b " not in last_drawing(text)


def test_nodes_at_work_side_by_side_have_a_bar_each() -> None:
    text = last_drawing(
        drawn(
            Queued(("x", "y", "z")),
            Started("x"),
            Started("y"),
            Progress("x", 3, 9),
            Progress("y", 4, 8),
        )
    )
    assert re.search(r"nodes .* 0/3", text)
    assert re.search(r"x .* 3/9", text)
    assert re.search(r"y .* 4/8", text)


def test_what_runs_in_place_of_a_node_shows_under_it() -> None:
    text = last_drawing(
        drawn(
            Queued(("loop",)),
            Started("loop"),
            Expanded("loop", ("loop/1/add", "loop/1/inner")),
            Started("loop/1/add", "loop"),
            Expanded("loop/1/inner", ("loop/1/inner/draw",)),
            Started("loop/1/inner/draw", "loop/1/inner"),
            Progress("loop/1/inner/draw", 2, 5, "drawing"),
        )
    )
    assert re.search(r"loop .* 2/5 +1/inner/draw drawing", text)
    assert re.search(r"nodes .* 0/1", text)


def test_the_pictures_of_several_runs_are_counted() -> None:
    last = Finished("succeeded", 1, 0, 0.0)
    text = drawn(Queued(("a",)), Started("a"), last, Queued(("a",)), Started("a"), last, runs=2)
    assert "picture 1 of 2" in text
    assert "picture 2 of 2" in text


def test_saved_pictures_and_skipped_outputs_are_told_on(capsys: pytest.CaptureFixture[str]) -> None:
    in_memory = Output("a", Artifact("a", None, 1, 1))
    on_disk = Output("a", Artifact("a", Path("x.png"), 1, 1))
    drawn(
        Queued(("a", "b", "c")), Started("a"), in_memory, on_disk, Skipped("b", "no"), Skipped("c", "no\nway")
    )
    told = capsys.readouterr()
    assert (told.out, told.err) == ("x.png\n", "c: skipped: no way\n")


def test_values_that_were_wanted_are_told_however_they_came(capsys: pytest.CaptureFixture[str]) -> None:
    drawn(
        Queued(("a", "c")),
        Done("a", 0.1, None, {"value": 1}),
        Done("c", 0.1, None, {"text": "röt\n", "list": [1, "ö"]}, {"list": 100}),
        Cached("c", None, {"value": True}),
        Done("c", 0.1),
    )
    assert capsys.readouterr().out == 'c.text: röt\n\nc.list: [1, "ö"] …\nc.value: true\n'


def test_progress_of_another_node_is_no_concern() -> None:
    text = drawn(Queued(("a", "b")), Started("a"), Progress("b", 7, 9))
    assert "7/9" not in text


def test_without_a_terminal_nothing_is_drawn() -> None:
    text = drawn(Queued(("a",)), Started("a"), Progress("a", 1, 2), terminal=False)
    assert text.strip() == ""
