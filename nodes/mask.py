"""Load masks, and make them of pictures."""

from typing import Annotated, Literal

import numpy as np
import torch
from graphengine.nodes.image import digest, opened, picture_file

from graphengine.authoring import Context, Field, Image, Mask, Widget, node

WEIGHTS = {
    "brightness": (0.299, 0.587, 0.114),
    "red": (1.0, 0.0, 0.0),
    "green": (0.0, 1.0, 0.0),
    "blue": (0.0, 0.0, 1.0),
}


def content(mask: str, context: Context) -> str:
    """SHA-256 of the mask's file."""
    found: str = digest(picture_file(mask, context.home, "mask"))
    return found


@node(category="mask", lane="io", fingerprint=content)
def load_mask(
    mask: Annotated[str, Field(min_length=1), Widget("mask")], invert: bool = False, *, context: Context
) -> Mask:
    """Load a mask from a picture: white is where something may change, black where it stays.

    mask: a path, or the name of a file in the home folder's input/. Of a picture with an alpha channel that
    channel is the mask, else its brightness.
    invert: turn black and white round.
    """
    picture = opened(mask, context.home, "mask")
    has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    grey = picture.convert("RGBA").getchannel("A") if has_alpha else picture.convert("L")
    pixels = torch.from_numpy(np.asarray(grey, dtype=np.float32) / 255)[None]
    return Mask(1 - pixels if invert else pixels)


@node(category="mask")
def image_to_mask(
    image: Image, channel: Literal["brightness", "red", "green", "blue"] = "brightness", invert: bool = False
) -> Mask:
    """A mask as strong as a picture is bright.

    channel: what to take of the picture.
    invert: strong where the picture is dark.
    """
    weights = image.pixels.new_tensor(WEIGHTS[channel])
    mask = (image.pixels[..., :3] @ weights).clamp(0, 1)
    return Mask(1 - mask if invert else mask)
