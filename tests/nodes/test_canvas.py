import pytest
import torch
from graphengine.nodes.canvas import pad_image, solid_image

from graphengine.authoring import Image


def test_a_picture_of_one_colour() -> None:
    pixels = solid_image(3, 2, "#ff8000").pixels
    assert pixels.shape == (1, 2, 3, 3)
    assert pixels[0, 1, 2].tolist() == pytest.approx([1, 128 / 255, 0])


def test_room_around_a_picture_is_what_the_mask_says() -> None:
    image = Image(torch.rand(2, 4, 6, 3), seeds=(7, 8))
    padded, mask = pad_image(image, left=2, bottom=1, colour="#000000")
    assert padded.pixels.shape == (2, 5, 8, 3) and padded.seeds == (7, 8)
    assert torch.equal(padded.pixels[:, :4, 2:], image.pixels)
    assert mask.pixels.shape == (1, 5, 8)
    assert torch.equal(mask.pixels[0] == 0, (padded.pixels[0] != 0).any(-1))
    assert set(mask.pixels.flatten().tolist()) == {0.0, 1.0}


def test_the_mask_fades_out_within_the_picture_along_new_room_alone() -> None:
    _, mask = pad_image(Image(torch.zeros(1, 4, 6, 3)), left=1, feather=2)
    assert mask.pixels[0, 0].tolist() == pytest.approx([1, 0.75, 0.25, 0, 0, 0, 0])
    assert torch.equal(mask.pixels[0, 0], mask.pixels[0, 3])
