import pytest
import torch

from graphengine.authoring import Area, Mask
from graphengine.diffusion.sampling.regions import Crop, mask_at_positions
from graphengine.errors import GraphEngineError

LATENT = torch.zeros(2, 4, 6, 15)  # of a picture of 120 x 48 pixels


def test_pixels_become_positions():
    assert Crop.of(Area(16, 8, 32, 24), LATENT) == Crop(1, 4, 2, 6)
    assert Crop.of(None, LATENT).size == (6, 15)


def test_shares_that_meet_leave_no_gap():
    left = Crop.of(Area(0, 0, 0.3, 1, "shares"), LATENT)
    right = Crop.of(Area(0.1 + 0.2, 0, 1 - 0.3, 1, "shares"), LATENT)
    assert left.right == right.left
    assert right.right == 15


@pytest.mark.parametrize(
    "area", [Area(119, 47, 1, 1), Area(0.999, 0.999, 0.001, 0.001, "shares")], ids=lambda area: area.unit
)
def test_the_smallest_area_is_one_position(area):
    assert Crop.of(area, LATENT) == Crop(5, 6, 14, 15)


@pytest.mark.parametrize("area", [Area(64, 0, 64, 48), Area(0, 40, 8, 16), Area(128, 0, 8, 8)], ids=str)
def test_an_area_beyond_the_picture_names_both(area):
    with pytest.raises(GraphEngineError) as caught:
        Crop.of(area, LATENT)
    assert str(area) in caught.value.message
    assert "120 x 48 pixels" in caught.value.message


def test_a_mask_of_the_pictures_size_is_averaged():
    pixels = torch.rand(1, 48, 120)
    found = mask_at_positions(Mask(pixels), LATENT)
    assert found.shape == (1, 1, 6, 15)
    assert found[0, 0, 2, 3] == pytest.approx(pixels[0, 16:24, 24:32].mean().item(), rel=1e-5)


def test_a_mask_of_the_latents_size_is_taken_as_it_is():
    pixels = torch.rand(2, 6, 15)
    assert mask_at_positions(Mask(pixels), LATENT)[:, 0].equal(pixels)


@pytest.mark.parametrize("size", [(47, 120), (15, 6), (96, 240)])
def test_a_mask_of_another_size_names_both(size):
    with pytest.raises(GraphEngineError) as caught:
        mask_at_positions(Mask(torch.ones(1, *size)), LATENT)
    assert "120 x 48" in caught.value.expected
    assert caught.value.got == f"{size[1]} x {size[0]}"


def test_masks_for_another_number_of_pictures():
    with pytest.raises(GraphEngineError, match="1 mask or 2, one for each picture, got 3 masks"):
        mask_at_positions(Mask(torch.ones(3, 6, 15)), LATENT)
