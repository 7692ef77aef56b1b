"""Join conditionings, and say where, when and how much they count."""

import math
from dataclasses import replace
from typing import Annotated

import torch

from graphengine.authoring import Area, Conditioning, ConditioningPart, Field, Mask, Slider, node
from graphengine.diffusion.sampling.regions import DOWNSCALE
from graphengine.errors import mismatch

Position = Annotated[int, Field(ge=0, le=16_384, multiple_of=DOWNSCALE)]
Length = Annotated[int, Field(ge=DOWNSCALE, le=16_384, multiple_of=DOWNSCALE)]
Share = Annotated[float, Slider(0, 1)]


@node(category="conditioning")
def combine_conditioning(*conditionings: Conditioning) -> Conditioning:
    """Let several conditionings count at once: where they meet, the model's answers to them are averaged.

    conditionings: each keeps its areas, masks, strengths and times.
    """
    return Conditioning(part for conditioning in conditionings for part in conditioning)


@node(category="conditioning")
def concat_conditioning(conditioning: Conditioning, other: Conditioning) -> Conditioning:
    """Put the tokens of one prompt behind those of another, as BREAK does within a prompt.

    conditioning: has a say on areas, masks and strengths.
    other: what to add to each of its parts.
    """
    return Conditioning(
        replace(part, context=torch.cat([part.context, added.context], dim=1))
        for part, added in meetings(conditioning, other)
    )


@node(category="conditioning")
def average_conditioning(
    conditioning: Conditioning, other: Conditioning, amount: Share = 0.5
) -> Conditioning:
    """Mix the meanings of two prompts, vector by vector.

    conditioning: has a say on areas, masks and strengths.
    amount: share of the other prompt: 0 leaves the first as it is, 1 is the other.
    """

    def mixed(part: ConditioningPart, added: ConditioningPart) -> torch.Tensor:
        tokens = math.lcm(part.context.shape[1], added.context.shape[1])
        # Attention to tokens that come again is attention to them once, so both ends are what they were.
        one, two = (each.context.repeat(1, tokens // each.context.shape[1], 1) for each in (part, added))
        return torch.lerp(one, two, amount)

    return Conditioning(
        replace(part, context=mixed(part, added)) for part, added in meetings(conditioning, other)
    )


@node(category="conditioning")
def zero_out_conditioning(conditioning: Conditioning) -> Conditioning:
    """Take all meaning out of a conditioning: all vectors become 0, which no prompt says."""
    return Conditioning(replace(part, context=torch.zeros_like(part.context)) for part in conditioning)


@node(category="conditioning")
def set_conditioning_area(
    conditioning: Conditioning, left: Position = 0, top: Position = 0, width: Length = 64, height: Length = 64
) -> Conditioning:
    """Let a conditioning count in a rectangle of the picture alone.

    left, top, width, height: in pixels, a multiple of 8.
    """
    return in_area(conditioning, Area(left, top, width, height))


def check_shares(left: float = 0.0, top: float = 0.0, width: float = 0.5, height: float = 0.5) -> None:
    """Refuse a rectangle that reaches beyond the picture."""
    for start, length, name in ((left, width, "width"), (top, height, "height")):
        if start + length > 1:
            expected = f"an area that ends at a share of 1 or before, so at most {1 - start:g}"
            raise mismatch(expected, f"{length:g}", kind="invalid_node", input=name)
    Area(left, top, width, height, "shares")


@node(category="conditioning", validate=check_shares)
def set_conditioning_area_shares(
    conditioning: Conditioning, left: Share = 0.0, top: Share = 0.0, width: Share = 0.5, height: Share = 0.5
) -> Conditioning:
    """Let a conditioning count in a rectangle of the picture alone, whatever the picture's size is.

    left, top, width, height: in shares of the picture's width and height.
    """
    return in_area(conditioning, Area(left, top, width, height, "shares"))


@node(category="conditioning")
def set_conditioning_mask(conditioning: Conditioning, mask: Mask) -> Conditioning:
    """Let a conditioning count where a mask is white, and as much as it is white.

    mask: of the picture's size, or of the latent's; one for all pictures, or one for each.
    """
    return Conditioning(replace(part, mask=mask) for part in conditioning)


@node(category="conditioning")
def set_conditioning_strength(
    conditioning: Conditioning, strength: Annotated[float, Field(ge=0, le=1000)] = 1.0
) -> Conditioning:
    """Let a conditioning count more or less beside others in the same place; alone, it makes no difference.

    strength: what its own is multiplied by.
    """
    return Conditioning(replace(part, strength=part.strength * strength) for part in conditioning)


def check_time_range(start: float = 0.0, end: float = 1.0) -> None:
    """Refuse a range that ends before it begins."""
    if start >= end:
        raise mismatch(
            "a start before the end", f"start {start:g} and end {end:g}", kind="invalid_node", input="start"
        )


@node(category="conditioning", validate=check_time_range)
def set_conditioning_time_range(
    conditioning: Conditioning, start: Share = 0.0, end: Share = 1.0
) -> Conditioning:
    """Let a conditioning count in a part of the run alone.

    start, end: in shares of the model's noise levels, whatever steps go through them: 0 is pure noise, where
        the layout is made; 1 is the finished picture.
    """
    check_time_range(start, end)
    return Conditioning(replace(part, start=start, end=end) for part in conditioning)


def in_area(conditioning: Conditioning, area: Area) -> Conditioning:
    """The same within an area."""
    return Conditioning(replace(part, area=area) for part in conditioning)


def meetings(
    conditioning: Conditioning, other: Conditioning
) -> list[tuple[ConditioningPart, ConditioningPart]]:
    """Each part of one with each of the other, the first at the times of both.

    Raises GraphEngineError where one is empty, where the other has a place of its own, and for vectors of
    different text encoders.
    """
    for name, each in (("conditioning", conditioning), ("other", other)):
        if not each:
            raise mismatch(
                "a conditioning of one part or more", "an empty one", kind="empty_conditioning", input=name
            )
    found = []
    for part in conditioning:
        for added in other:
            if added.area is not None or added.mask is not None:
                raise mismatch(
                    "a conditioning for the whole picture",
                    "one with an area or a mask",
                    kind="conditioning_place",
                    input="other",
                    hint="set the area or the mask of what comes out",
                )
            widths = part.context.shape[-1], added.context.shape[-1]
            if widths[0] != widths[1]:
                raise mismatch(
                    f"vectors {widths[0]} wide, as those of 'conditioning'",
                    f"{widths[1]} wide",
                    kind="conditioning_width",
                    input="other",
                    hint="encode both with the same text encoder",
                )
            start, end = max(part.start, added.start), min(part.end, added.end)
            if start < end:
                steps = tuple(dict.fromkeys((*part.steps, *added.steps)))
                strength = part.strength * added.strength
                found.append((replace(part, start=start, end=end, steps=steps, strength=strength), added))
    if not found:
        raise mismatch(
            "two conditionings with a time in common",
            "times that don't meet",
            kind="conditioning_time",
            input="other",
        )
    return found
