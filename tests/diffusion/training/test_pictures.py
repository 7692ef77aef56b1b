import random

import pytest
import torch

from graphengine.diffusion.training.captions import caption
from graphengine.diffusion.training.pictures import (
    COLOURS,
    HELD_OUT,
    RADII,
    SHAPES,
    SIZE,
    TRAINING_PAIRS,
    coverage,
    draw,
    imagine,
)


def test_no_training_picture_shows_a_held_out_pair() -> None:
    random_source = random.Random(0)
    seen = {
        (picture.shape, picture.colour)
        for picture in (imagine(random_source, TRAINING_PAIRS) for _ in range(3000))
    }
    assert seen == set(TRAINING_PAIRS)
    assert not seen & HELD_OUT
    assert {shape for shape, _ in HELD_OUT} == set(SHAPES)
    assert len(TRAINING_PAIRS) + len(HELD_OUT) == len(SHAPES) * len(COLOURS)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_lies_within_its_radius_and_covers_its_middle_or_is_a_ring(shape: str) -> None:
    radius = 30.0
    covered = coverage(shape, radius, (SIZE / 2, SIZE / 2))
    rows, columns = torch.nonzero(covered > 0.5, as_tuple=True)
    farthest = torch.hypot(rows - SIZE / 2, columns - SIZE / 2).max().item()
    assert 0.9 * radius < farthest < 1.25 * radius
    assert (covered[SIZE // 2, SIZE // 2] == 0) == (shape == "ring")


def test_the_area_of_a_circle_is_pi_r_squared() -> None:
    area = coverage("circle", 25.0, (60.3, 64.9)).sum().item()
    assert area == pytest.approx(3.14159 * 25**2, rel=1e-3)


def test_shape_and_background_have_their_colours() -> None:
    random_source = random.Random(1)
    for _ in range(50):
        picture = imagine(random_source, [("square", "blue")])
        pixels = draw(picture)
        x, y = (int(value) for value in picture.centre)
        assert pixels[:, y, x].add(1).mul(127.5).round().tolist() == list(COLOURS["blue"])
        assert pixels[:, 0, 0].add(1).mul(127.5).round().tolist() == list(COLOURS[picture.background])
        assert RADII[picture.size][0] <= picture.radius <= RADII[picture.size][1]


def test_captions_say_what_they_are_told_to_say_and_vary() -> None:
    random_source = random.Random(2)
    texts = set()
    for _ in range(400):
        picture = imagine(random_source, [("star", "orange")])
        text, told = caption(random_source, picture)
        assert ("orange" in text) == ("colour" in told)
        assert "star" in text
        assert ("background" in told) == (
            f"on {picture.background}" in text.replace("gr" + "ey", "gray") or "background" in text
        )
        texts.add(text)
    assert len(texts) > 300


def test_the_same_seed_makes_the_same_caption() -> None:
    def made() -> str:
        random_source = random.Random("x")
        return caption(random_source, imagine(random_source, TRAINING_PAIRS))[0]

    assert made() == made()
