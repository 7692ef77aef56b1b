"""Make pictures of one colour, and room around pictures."""

from typing import Annotated, NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from graphengine.authoring import Colour, Field, Image, Mask, node

Length = Annotated[int, Field(ge=1, le=16_384)]
Border = Annotated[int, Field(ge=0, le=8192)]


class Padded(NamedTuple):
    """A larger picture."""

    image: Image
    mask: Mask
    """1 where there is new room, 0 where the picture was: what outpainting may change."""


@node(category="image")
def solid_image(width: Length = 512, height: Length = 512, colour: Colour = "#808080") -> Image:
    """A picture of one colour.

    width, height: in pixels.
    """
    return Image(rgb(colour).expand(1, height, width, 3).clone())


@node(category="image")
def pad_image(
    image: Image,
    left: Border = 0,
    top: Border = 0,
    right: Border = 0,
    bottom: Border = 0,
    colour: Colour = "#808080",
    feather: Annotated[int, Field(ge=0, le=1024)] = 0,
) -> Padded:
    """Put room around pictures, to be filled by outpainting.

    left, top, right, bottom: how much, in pixels.
    feather: over how many pixels within the picture the mask fades out, along the sides that have new room.
    """
    count, height, width = image.pixels.shape[:3]
    padded = rgb(colour).expand(count, height + top + bottom, width + left + right, 3).clone()
    padded[:, top : top + height, left : left + width] = image.pixels[..., :3]
    across = fade(width, left, right, feather)
    down = fade(height, top, bottom, feather)
    inside = torch.maximum(across[None, :], down[:, None])
    mask = functional.pad(inside[None], (left, right, top, bottom), value=1.0)
    return Padded(Image(padded, seeds=image.seeds), Mask(mask))


def rgb(colour: str) -> Tensor:
    """The colour that `#rrggbb` names, [3] in 0..1."""
    return torch.tensor([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])


def fade(length: int, before: int, after: int, feather: int) -> Tensor:
    """From 1 at the ends that have room beside them to 0 within `feather` pixels, [length]."""
    place = torch.arange(length, dtype=torch.float32) + 0.5
    shares = [1 - place / feather] if before and feather else []
    shares += [1 - (length - place) / feather] if after and feather else []
    return torch.stack([torch.zeros(length), *shares]).amax(0)
