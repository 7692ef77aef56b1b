import pytest
import torch
from graphengine.nodes.mask import image_to_mask

from graphengine.authoring import Image


def test_a_mask_is_as_strong_as_the_picture_is_bright():
    pixels = torch.zeros(1, 2, 2, 3)
    pixels[0, 0, 0] = 1
    pixels[0, 0, 1, 0] = 1  # red
    mask = image_to_mask(Image(pixels)).pixels
    assert mask.shape == (1, 2, 2)
    assert mask[0, 0, 0].item() == pytest.approx(1)
    assert mask[0, 0, 1].item() == pytest.approx(0.299)
    assert image_to_mask(Image(pixels), "red").pixels[0, 0, 1] == 1
    assert image_to_mask(Image(pixels), "blue", invert=True).pixels.tolist() == [[[0, 1], [1, 1]]]
