from typing import Any

import pytest

from graphengine.errors import GraphEngineError
from graphengine.runtime import Axis
from graphengine.runtime.grid import at, axis_values, count_points, grid

SEED = Axis("seed", {"a.seed": (1, 2, 3), "b.seed": (7, 8, 9)})
PROMPT = Axis("prompt", {"text.text": ("x", "y")})


def test_the_last_axis_varies_fastest() -> None:
    points = list(grid([PROMPT, SEED]))
    assert [tuple(point.coordinates.values()) for point in points] == [
        ("x", 1),
        ("x", 2),
        ("x", 3),
        ("y", 1),
        ("y", 2),
        ("y", 3),
    ]
    assert points[4].coordinates == {"prompt": "y", "seed": 2}
    assert points[4].settings == {"text.text": "y", "a.seed": 2, "b.seed": 8}


def test_there_is_a_limit() -> None:
    assert count_points([PROMPT, SEED]) == 6
    many = Axis("n", {"a.n": tuple(range(5001))})
    with pytest.raises(GraphEngineError) as caught:
        count_points([PROMPT, many])
    assert str(caught.value) == (
        "expected a sweep of at most 10,000 points, got 10,002: 2 of 'prompt' x 5001 of 'n'"
    )


def test_an_axis_can_be_written_down() -> None:
    assert Axis.from_dict(SEED.to_dict()) == SEED


@pytest.mark.parametrize(
    "data",
    [{}, {"inputs": {}}, {"inputs": {"a.b": []}}, {"inputs": {"a.b": [1], "c.d": [1, 2]}}, {"inputs": 3}],
)
def test_a_damaged_axis_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="axis"):
        Axis.from_dict(data)


@pytest.mark.parametrize(("values", "got"), [("abc", "got 'abc'"), ([], "got none"), (3, "got 3")])
def test_values_are_several(values: Any, got: str) -> None:
    with pytest.raises(GraphEngineError, match=f"axis 'seed': expected .*{got}"):
        axis_values("seed", values)


def test_coordinates_in_words() -> None:
    assert at({"seed": 3, "prompt": "a b"}) == "seed=3, prompt='a b'"
