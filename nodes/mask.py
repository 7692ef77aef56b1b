"""Make masks of pictures."""

from typing import Literal

from graphengine.authoring import Image, Mask, node

WEIGHTS = {
    "brightness": (0.299, 0.587, 0.114),
    "red": (1.0, 0.0, 0.0),
    "green": (0.0, 1.0, 0.0),
    "blue": (0.0, 0.0, 1.0),
}


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
