"""Where in a picture a part of a conditioning counts."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from graphengine.diffusion.sampling.parts import Area, Mask
from graphengine.errors import mismatch

DOWNSCALE = 8
"""Pixels to one latent position, in every Stable Diffusion of the first and second generation."""


@dataclass(frozen=True)
class Crop:
    """A rectangle of latent positions; `bottom` and `right` are the first that lie outside."""

    top: int
    bottom: int
    left: int
    right: int

    @classmethod
    def of(cls, area: Area | None, latent: Tensor, input: str | None = None) -> "Crop":
        """The positions that an area covers, of a latent [b, c, h, w]; edges go to the nearest position.

        Raises GraphEngineError for an area that reaches beyond the picture, for the input of a node where one
        is named.
        """
        height, width = latent.shape[-2:]
        if area is None:
            return cls(0, height, 0, width)
        top, bottom = span(area.top, area.height, height, area.unit)
        left, right = span(area.left, area.width, width, area.unit)
        if bottom > height or right > width:
            raise mismatch(
                "an area within the picture",
                f"{area} in a picture of {width * DOWNSCALE} x {height * DOWNSCALE} pixels",
                kind="area_outside",
                input=input,
                hint="make the area smaller, or give it in shares of the picture",
            )
        return cls(top, bottom, left, right)

    @property
    def size(self) -> tuple[int, int]:
        """Height and width."""
        return self.bottom - self.top, self.right - self.left

    def cut(self, x: Tensor) -> Tensor:
        """What lies inside of [..., h, w], without a copy."""
        return x[..., self.top : self.bottom, self.left : self.right]


def span(start: float, length: float, positions: int, unit: str) -> tuple[int, int]:
    """First position and the one after the last; at least one lies between."""
    scale = positions if unit == "shares" else 1 / DOWNSCALE
    # 0.1 + 0.2 and 0.3 are the same edge.
    first, last = round(round(start * scale, 6)), round(round((start + length) * scale, 6))
    if last > first:
        return first, last
    first = math.floor(start * scale)
    return first, first + 1


def mask_at_positions(mask: Mask, latent: Tensor, input: str | None = None) -> Tensor:
    """A mask of the picture's or the latent's size, averaged over each latent position: [b, 1, h, w].

    Raises GraphEngineError for a mask of any other size, for the input of a node where one is named.
    """
    b, _, h, w = latent.shape
    masks, height, width = mask.pixels.shape
    if (height, width) not in ((h, w), (h * DOWNSCALE, w * DOWNSCALE)):
        raise mismatch(
            f"a mask of the picture's size, {w * DOWNSCALE} x {h * DOWNSCALE} pixels",
            f"{width} x {height}",
            kind="mask_size",
            input=input,
            hint=f"resize the mask, or give one of the latent's size, {w} x {h}",
        )
    if masks not in (1, b):
        raise mismatch(
            f"1 mask or {b}, one for each picture", f"{masks} masks", kind="mask_size", input=input
        )
    pixels = mask.pixels[:, None].to("cpu", torch.float32)
    return pixels if height == h else functional.avg_pool2d(pixels, DOWNSCALE)
