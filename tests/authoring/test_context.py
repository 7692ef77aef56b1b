import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as PillowImage

from graphengine.authoring import Context
from graphengine.errors import Cancelled, GraphEngineError
from graphengine.events import Event, Output, Preview, Progress
from graphengine.home import Home


class Clock:
    pass


class Recorder:
    """A context and the events that it emits."""

    def __init__(self, home: Home, cancel_after: int = 1000, services: dict[type, Any] | None = None) -> None:
        self.events: list[Event] = []
        self.asked = 0

        def is_cancelled() -> bool:
            self.asked += 1
            return self.asked > cancel_after

        self.context = Context(
            node="n", home=home, services=services or {}, emit=self.events.append, is_cancelled=is_cancelled
        )


def test_progress_is_an_event(home: Home) -> None:
    recorder = Recorder(home)
    recorder.context.progress(1, 4, "half way")
    assert recorder.events == [Progress("n", 1, 4, "half way")]


def test_steps_report_each_step(home: Home) -> None:
    recorder = Recorder(home)
    assert list(recorder.context.steps(iter("ab"))) == ["a", "b"]
    assert recorder.events == [Progress("n", 1, 2), Progress("n", 2, 2)]


def test_steps_need_no_list_where_the_total_is_given(home: Home) -> None:
    recorder = Recorder(home)
    endless = iter(int, 1)
    steps = recorder.context.steps(endless, total=5)
    assert [next(steps), next(steps)] == [0, 0]
    assert recorder.events == [Progress("n", 1, 5)]


def test_steps_notice_cancellation_before_the_next(home: Home) -> None:
    recorder = Recorder(home, cancel_after=2)
    done = []
    with pytest.raises(Cancelled):
        for item in recorder.context.steps(range(10)):
            done.append(item)
    assert done == [0, 1]


def test_services_are_found_by_type(home: Home) -> None:
    clock = Clock()
    assert Recorder(home, services={Clock: clock}).context.service(Clock) is clock


def test_a_service_that_is_not_there(home: Home) -> None:
    with pytest.raises(GraphEngineError, match="node 'n': this engine has no Clock"):
        Recorder(home).context.service(Clock)


def test_output_hands_out_an_artifact(home: Home) -> None:
    recorder = Recorder(home)
    picture = np.zeros((3, 4, 3), dtype=np.float32)
    picture[0, 0] = 1.0
    artifact = recorder.context.output(picture, path=Path("x.png"), seed=7)
    assert (artifact.node, artifact.path, artifact.width, artifact.height, artifact.seed) == (
        "n",
        Path("x.png"),
        4,
        3,
        7,
    )
    image: Any = artifact.image
    assert image.dtype == np.uint8
    assert image[0, 0].tolist() == [255, 255, 255]
    assert image[1, 1].tolist() == [0, 0, 0]
    assert recorder.events == [Output("n", artifact)]
    assert recorder.context.artifacts == (artifact,)


def test_output_refuses_what_is_no_picture(home: Home) -> None:
    with pytest.raises(ValueError, match=r"expected one picture of shape \[H, W, 3\], got \[2, 3, 4, 3\]"):
        Recorder(home).context.output(np.zeros((2, 3, 4, 3)))


def test_preview_is_a_png(home: Home) -> None:
    recorder = Recorder(home)
    recorder.context.preview(np.full((2, 5, 3), 0.5, dtype=np.float32))
    (event,) = recorder.events
    assert isinstance(event, Preview)
    picture = PillowImage.open(io.BytesIO(event.image))
    assert (picture.format, picture.size, picture.getpixel((0, 0))) == ("PNG", (5, 2), (128, 128, 128))


def test_preview_passes_png_bytes_on(home: Home) -> None:
    recorder = Recorder(home)
    recorder.context.preview(b"png")
    assert recorder.events == [Preview("n", b"png")]
