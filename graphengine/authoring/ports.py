"""The values that travel on edges, immutable and typed; any other class may be a port type too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor


def _check_dimensions(owner: str, tensor: Tensor, expected: str, count: int) -> None:
    shape = tuple(tensor.shape)
    if len(shape) != count:
        raise ValueError(f"expected {owner} of shape {expected}, got {list(shape)}")


def _check_seeds(seeds: tuple[int, ...] | None, count: int, owner: str) -> None:
    if seeds is not None and len(seeds) != count:
        raise ValueError(f"expected {count} seeds, one per {owner}, got {len(seeds)}")


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


@dataclass(frozen=True, eq=False)
class Mask:
    """A batch of masks: `pixels` is [B, H, W] float32 in 0..1."""

    pixels: Tensor

    def __post_init__(self) -> None:
        """Check the shape."""
        _check_dimensions("a mask", self.pixels, "[B, H, W]", 3)


@dataclass(frozen=True, eq=False)
class Latent:
    """A batch of latents: `samples` is [B, C, h, w] in the model's own scale.

    noise_mask: where to add noise, at pixel or latent size; None is everywhere.
    seeds: one per latent of the batch, once noise was drawn for it.
    """

    samples: Tensor
    noise_mask: Mask | None = None
    seeds: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        """Check the shape."""
        _check_dimensions("a latent", self.samples, "[B, C, h, w]", 4)
        _check_seeds(self.seeds, self.samples.shape[0], "latent")


@dataclass(frozen=True, eq=False)
class ConditioningPart:
    """One prompt's worth of conditioning: `context` is [1, t, d], `strength` how much it counts."""

    context: Tensor
    strength: float = 1.0

    def __post_init__(self) -> None:
        """Check the shape."""
        _check_dimensions("a context", self.context, "[1, t, d]", 3)


class Conditioning(tuple[ConditioningPart, ...]):
    """What steers the model: its parts, `Conditioning([ConditioningPart(context)])`."""

    __slots__ = ()
