import math
from typing import Any

import numpy as np

from graphengine.artifacts import Artifact
from graphengine.errors import Cancelled, GraphEngineError
from graphengine.runtime import Axis, Point, Result
from graphengine.runtime.contact_sheet import FAULTY, contact_sheet
from graphengine.runtime.grid import grid
from graphengine.runtime.lettering import font_of
from graphengine.runtime.sheet_layout import FONT, lay_out
from graphengine.runtime.sheet_table import sheet_rows

RED, GREEN = Axis("red", {"a.red": (10, 20)}), Axis("green", {"a.green": (1, 2, 3)})


def picture(colour: tuple[int, int, int], width: int = 200, height: int = 100) -> Artifact:
    pixels = np.full((height, width, 3), colour, dtype=np.uint8)
    return Artifact("a", None, width, height, None, pixels)


def point(coordinates: Any, *pictures: Artifact) -> Point:
    return Point(coordinates, Result(pictures, 1, 0, 0.1))


def points(*axes: Axis) -> list[Point]:
    """A picture per point, whose colour tells the point."""
    return [
        point(place.coordinates, picture((100 + number, 0, 0))) for number, place in enumerate(grid(axes))
    ]


def test_the_last_axis_goes_across_and_the_others_down() -> None:
    rows = sheet_rows(points(RED, GREEN), [RED, GREEN])
    assert [row.label for row in rows] == ["red: 10", "red: 20"]
    assert rows[0].headers == ("green: 1", "green: 2", "green: 3")
    assert rows[1].headers == ()
    assert [each.coordinates["green"] for each in rows[1].points] == [1, 2, 3]


def test_several_axes_label_a_row() -> None:
    words = Axis("text", {"a.text": ("x", True)})
    rows = sheet_rows(points(words, RED, GREEN), [words, RED, GREEN])
    assert [row.label for row in rows][:3] == ["text: x\nred: 10", "text: x\nred: 20", "text: yes\nred: 10"]


def test_a_single_long_axis_is_broken_into_rows() -> None:
    seeds = Axis("seed", {"a.seed": tuple(range(10))})
    rows = sheet_rows(points(seeds), [seeds])
    assert [len(row.points) for row in rows] == [4, 4, 2]
    assert rows[2].headers == ("seed: 8", "seed: 9")


def test_every_picture_lies_in_its_cell() -> None:
    sheet = contact_sheet(points(RED, GREEN), [RED, GREEN], "footer")
    widest = max(math.ceil(font_of(FONT).getlength(f"red: {value}")) for value in (10, 20))
    layout = lay_out(
        3, (True, False), header_lines=1, label_width=widest, picture_width=200, picture_height=100
    )
    assert layout is not None
    assert sheet.shape == (layout.height, layout.width, 3)
    for number in range(6):
        left, top = layout.cell(number // 3, number % 3)
        cell = sheet[top : top + 100, left : left + 200]
        assert (cell == [100 + number, 0, 0]).all()


def test_a_batch_lies_side_by_side_in_its_cell() -> None:
    made = [
        point({"red": 10}, picture((1, 1, 1)), picture((2, 2, 2))),
        point({"red": 20}, picture((3, 3, 3)), picture((4, 4, 4))),
    ]
    sheet = contact_sheet(made, [RED], "")
    row = sheet[sheet.shape[0] // 2]
    assert [int(colour) for colour in dict.fromkeys(row[:, 0]) if colour < 5] == [1, 2, 3, 4]


def test_a_point_that_failed_shows_its_message_and_one_that_was_not_made_says_so() -> None:
    failed = Point({"red": 10}, error=GraphEngineError("no paint left"))
    made = contact_sheet([failed, point({"red": 20}, picture((9, 9, 9)))], [RED], "")
    assert (made == FAULTY).all(axis=2).sum() > 5000
    cancelled = Point({"red": 10}, error=Cancelled())
    other = contact_sheet([cancelled, point({"red": 20}, picture((9, 9, 9)))], [RED], "")
    assert not (other == FAULTY).all(axis=2).any()


def test_without_any_picture_there_is_no_sheet() -> None:
    assert contact_sheet([point({"red": 10}), point({"red": 20})], [RED], "") is None


def test_large_pictures_are_scaled_down() -> None:
    seeds = Axis("seed", {"a.seed": tuple(range(6))})
    made = [point({"seed": seed}, picture((50, 50, 50), 2000, 1000)) for seed in range(6)]
    sheet = contact_sheet(made, [seeds], "")
    assert 8000 < sheet.shape[1] <= 8192
    assert sheet.shape[0] < 1000
