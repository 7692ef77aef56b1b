"""The node of the plugin."""

from itertools import pairwise
from typing import Annotated, Literal

from graphengine.plugins.tones.monotone import interpolate

from graphengine.authoring import Field, Image, OwnWidget, node

Share = Annotated[float, Field(ge=0, le=1)]
Point = Annotated[list[Share], Field(min_length=2, max_length=2)]
Channel = Literal["all", "brightness", "red", "green", "blue"]
CLOSEST = 1e-3
"""Points nearer to each other than this share a place."""
LUMA = (0.299, 0.587, 0.114)
UNCHANGED = [[0.0, 0.0], [1.0, 1.0]]


def check_curve(curve: list[list[float]] = UNCHANGED) -> None:
    """Refuse points that no curve goes through from left to right."""
    for index, (before, after) in enumerate(pairwise(curve)):
        if after[0] - before[0] < CLOSEST:
            raise ValueError(
                f"input 'curve': expected points from left to right, got {after[0]:g} after {before[0]:g} "
                f"as point {index + 2}; move it to the right, or leave one out"
            )


@node(category="image/tones", validate=check_curve)
def adjust_tones(
    image: Image,
    curve: Annotated[list[Point], Field(min_length=2, max_length=32), OwnWidget("tone_curve")] = UNCHANGED,
    channel: Channel = "all",
) -> Image:
    """Lighten, darken or colour pictures by a curve.

    curve: points [before, after] from left to right, 0 is black and 1 white; what lies between follows a
    smooth curve through them, and what lies beyond takes the level of the last.
    channel: what it changes: all colours alike, the brightness alone so that colours stay, or one colour.
    """
    check_curve(curve)
    pixels = image.pixels[..., :3]
    if channel == "all":
        return Image(interpolate(curve, pixels).clamp(0, 1), seeds=image.seeds)
    if channel == "brightness":
        luma = (pixels @ pixels.new_tensor(LUMA))[..., None]  # b H W 1
        return Image((pixels + interpolate(curve, luma) - luma).clamp(0, 1), seeds=image.seeds)
    place = ("red", "green", "blue").index(channel)
    changed = pixels.clone()
    changed[..., place] = interpolate(curve, pixels[..., place]).clamp(0, 1)
    return Image(changed, seeds=image.seeds)
