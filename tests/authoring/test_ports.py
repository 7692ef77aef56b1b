import pytest
import torch

from graphengine.authoring import Area, Conditioning, ConditioningPart, Image, Latent, Mask, StepRange
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


def test_times_and_strengths_of_a_part_are_checked() -> None:
    context = torch.zeros(1, 77, 8)
    with pytest.raises(ValueError, match=r"start < end <= 1, got start 0.6 and end 0.4"):
        ConditioningPart(context, start=0.6, end=0.4)
    with pytest.raises(ValueError, match=r"start 0.5 and end 0.5"):
        ConditioningPart(context, start=0.5, end=0.5)
    for strength in (-0.5, float("nan"), float("inf")):
        with pytest.raises(ValueError, match=f"strength of 0 or more, got {strength}"):
            ConditioningPart(context, strength)


@pytest.mark.parametrize("area", [(-8, 0, 8, 8), (0, 0, 0, 8), (0, 0, float("nan"), 8)])
def test_an_area_that_no_picture_has(area: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="begins at 0 or above and has a size, got"):
        Area(*area)


def test_an_area_in_shares_ends_within_the_picture() -> None:
    assert Area(0.7, 0, 0.3, 1, "shares").width == 0.3  # 0.7 + 0.3 is 1, but for rounding
    with pytest.raises(ValueError, match=r"1 x 0.5 of the picture at left 0.5, top 0"):
        Area(0.5, 0, 1, 0.5, "shares")


@pytest.mark.parametrize("bound", [-1, 1.5, -0.1])
def test_steps_are_numbers_or_shares(bound: float) -> None:
    with pytest.raises(ValueError, match=f"a share of steps in 0..1, got {bound}"):
        StepRange(bound)
    with pytest.raises(ValueError, match=f"a share of steps in 0..1, got {bound}"):
        StepRange(0, bound)


def test_steps_are_taken_every_so_often() -> None:
    with pytest.raises(ValueError, match="got every 0"):
        StepRange(every=0)


def test_an_image_as_bytes() -> None:
    pixels = torch.tensor([0.0, 0.5, 2.0]).reshape(1, 1, 1, 3)
    assert to_uint8(Image(pixels)).tolist() == [[[0, 128, 255]]]


def test_a_mask_as_bytes_is_grey() -> None:
    assert to_uint8(torch.ones(2, 1)).tolist() == [[[255, 255, 255]], [[255, 255, 255]]]
