"""The values that travel on edges, immutable and typed; any other class may be a port type too."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from torch import Tensor


def _check_dimensions(owner: str, tensor: Tensor, expected: str, count: int) -> None:
    shape = tuple(tensor.shape)
    if len(shape) != count:
        raise ValueError(f"expected {owner} of shape {expected}, got {list(shape)}")


def _check_seeds(seeds: tuple[int, ...] | None, count: int, owner: str) -> None:
    if seeds is not None and len(seeds) != count:
        raise ValueError(f"expected {count} seeds, one per {owner}, got {len(seeds)}")


def _size(width: int, height: int, count: int, more: str = "") -> str:
    return f"{width} x {height}{more}" + (f", {count} of them" if count != 1 else "")


@dataclass(frozen=True, eq=False)
class Image:
    """A batch of pictures: `pixels` is [B, H, W, C] float32 in 0..1.

    seeds: one per picture, of the noise that it was made from; None for one that wasn't.
    """

    pixels: Tensor
    seeds: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        """Check the shape."""
        _check_dimensions("an image", self.pixels, "[B, H, W, C]", 4)
        _check_seeds(self.seeds, self.pixels.shape[0], "picture")

    def shown(self) -> str:
        """What people see of it: `512 x 768`, and how many."""
        return _size(self.pixels.shape[2], self.pixels.shape[1], self.pixels.shape[0])


@dataclass(frozen=True, eq=False)
class Mask:
    """A batch of masks: `pixels` is [B, H, W] float32 in 0..1."""

    pixels: Tensor

    def __post_init__(self) -> None:
        """Check the shape."""
        _check_dimensions("a mask", self.pixels, "[B, H, W]", 3)

    def shown(self) -> str:
        """What people see of it: `512 x 768`, and how many."""
        return _size(self.pixels.shape[2], self.pixels.shape[1], self.pixels.shape[0])


@dataclass(frozen=True, eq=False)
class Kept:
    """What lies under a latent that has noise: `samples` without it, and the `noise`, [B, C, h, w] both."""

    samples: Tensor
    noise: Tensor


@dataclass(frozen=True, eq=False)
class Latent:
    """A batch of latents: `samples` is [B, C, h, w] in the model's own scale.

    noise_mask: where to add noise, at pixel or latent size; None is everywhere.
    seeds: one per latent of the batch, once noise was drawn for it.
    kept: of a latent with noise left over, what its noise mask keeps, for the run that goes on with it.
    """

    samples: Tensor
    noise_mask: Mask | None = None
    seeds: tuple[int, ...] | None = None
    kept: Kept | None = None

    def __post_init__(self) -> None:
        """Check the shape."""
        _check_dimensions("a latent", self.samples, "[B, C, h, w]", 4)
        _check_seeds(self.seeds, self.samples.shape[0], "latent")

    def shown(self) -> str:
        """What people see of it: `64 x 64`, its channels, and how many."""
        count, channels, height, width = self.samples.shape
        return _size(width, height, count, f", {channels} channels")


@dataclass(frozen=True)
class Area:
    """A rectangle of a picture, in pixels or in shares of its width and height."""

    left: float
    top: float
    width: float
    height: float
    unit: Literal["pixels", "shares"] = "pixels"

    def __post_init__(self) -> None:
        """Refuse a rectangle with nothing in it, or one that no picture has."""
        if not (self.left >= 0 and self.top >= 0 and self.width > 0 and self.height > 0):
            raise ValueError(f"expected an area that begins at 0 or above and has a size, got {self}")
        if self.unit == "shares" and max(self.left + self.width, self.top + self.height) > 1 + 1e-6:
            raise ValueError(f"expected an area that ends at a share of 1 or before, got {self}")

    def __str__(self) -> str:
        """Where it is, as a person says it."""
        unit = " pixels" if self.unit == "pixels" else " of the picture"
        return f"{self.width:g} x {self.height:g}{unit} at left {self.left:g}, top {self.top:g}"


@dataclass(frozen=True)
class StepRange:
    """Every so many steps of a run from `first` up to `last`, which is no longer one of them.

    An int counts steps from 0; a float is a share of all steps, rounded down to a whole step.
    last: None is the end.
    """

    first: int | float = 0
    last: int | float | None = None
    every: int = 1

    def __post_init__(self) -> None:
        """Refuse steps before the first, and shares that are none."""
        for bound in (self.first, self.last):
            if bound is not None and (bound < 0 or (isinstance(bound, float) and not bound <= 1)):
                raise ValueError(f"expected a step of 0 or more, or a share of steps in 0..1, got {bound}")
        if self.every < 1:
            raise ValueError(f"expected every step, or every second or a later one, got every {self.every}")


@dataclass(frozen=True, eq=False)
class ConditioningPart:
    """One prompt's worth of conditioning: `context` is [1, t, d], or [b, t, d] with one for each picture.

    strength: how much it counts beside other parts in the same place, 0 or more.
    area, mask: where it counts; a mask is 0 where it doesn't. None is everywhere.
    start, end: when it counts, in shares of the model's noise levels: 0 is pure noise, 1 no noise.
    steps: when it counts, in steps; within all of these ranges.
    """

    context: Tensor
    strength: float = 1.0
    area: Area | None = None
    mask: Mask | None = None
    start: float = 0.0
    end: float = 1.0
    steps: tuple[StepRange, ...] = ()

    def __post_init__(self) -> None:
        """Check the shape and the ranges."""
        _check_dimensions("a context", self.context, "[1, t, d]", 3)
        if not 0 <= self.strength < math.inf:
            raise ValueError(f"expected a strength of 0 or more, got {self.strength}")
        if not 0 <= self.start < self.end <= 1:
            raise ValueError(
                "expected a time range with 0 <= start < end <= 1, "
                f"got start {self.start:g} and end {self.end:g}"
            )


class Conditioning(tuple[ConditioningPart, ...]):
    """What steers the model: its parts, `Conditioning([ConditioningPart(context)])`."""

    __slots__ = ()
