import pytest
import torch

from graphengine.authoring import Conditioning, ConditioningPart, Image, Latent, Mask
from graphengine.authoring.pixels import to_uint8


def test_shapes_are_checked() -> None:
    with pytest.raises(ValueError, match=r"expected an image of shape \[B, H, W, C\], got \[4, 4, 3\]"):
        Image(torch.zeros(4, 4, 3))
    with pytest.raises(ValueError, match=r"expected a mask of shape \[B, H, W\], got \[4, 4\]"):
        Mask(torch.zeros(4, 4))
    with pytest.raises(ValueError, match=r"expected a context of shape \[1, t, d\], got \[4, 4\]"):
        ConditioningPart(torch.zeros(4, 4))


def test_one_seed_per_latent() -> None:
    assert Latent(torch.zeros(2, 4, 8, 8), seeds=(1, 2)).seeds == (1, 2)
    with pytest.raises(ValueError, match="expected 2 seeds, one per latent, got 1"):
        Latent(torch.zeros(2, 4, 8, 8), seeds=(1,))


def test_values_on_edges_are_immutable() -> None:
    image = Image(torch.zeros(1, 2, 2, 3))
    with pytest.raises(AttributeError):
        image.pixels = torch.ones(1, 2, 2, 3)  # type: ignore[misc]


def test_conditioning_is_a_tuple_of_parts() -> None:
    part = ConditioningPart(torch.zeros(1, 77, 8))
    assert list(Conditioning([part])) == [part]


def test_an_image_as_bytes() -> None:
    pixels = torch.tensor([0.0, 0.5, 2.0]).reshape(1, 1, 1, 3)
    assert to_uint8(Image(pixels)).tolist() == [[[0, 128, 255]]]


def test_a_mask_as_bytes_is_grey() -> None:
    assert to_uint8(torch.ones(2, 1)).tolist() == [[[255, 255, 255]], [[255, 255, 255]]]
