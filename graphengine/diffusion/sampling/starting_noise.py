"""What noise a run starts from, said before it is known how many pictures it makes."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import torch
from torch import Tensor

from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.errors import GraphEngineError, mismatch


class Noise(ABC):
    """The noise of a run: what is added to the latent, and the seeds that steps draw theirs from."""

    adds = True
    """Whether the latent gets noise before the first step."""

    @abstractmethod
    def seeds(self, images: int) -> tuple[int, ...]:
        """The seed of each picture of a batch. Raises GraphEngineError where it has no noise for one."""

    def start(self, x: Tensor) -> Tensor:
        """Standard normal noise in the shape, dtype and place of x, [b, c, h, w]."""
        return NoiseSource(self.seeds(len(x))).like(x)


@dataclass(frozen=True)
class RandomNoise(Noise):
    """Each picture has a seed of its own, counting up from the first."""

    seed: int

    def seeds(self, images: int) -> tuple[int, ...]:
        """The numbers from `seed` on; the largest is followed by 0."""
        return tuple((self.seed + index) % 2**64 for index in range(images))


@dataclass(frozen=True)
class SeededNoise(Noise):
    """Each picture has the seed that was chosen for it; one seed alone is that of them all."""

    chosen: tuple[int, ...]

    def seeds(self, images: int) -> tuple[int, ...]:
        """The chosen ones."""
        if len(self.chosen) not in (1, images):
            raise other_batch(f"{len(self.chosen)} seeds", images)
        return self.chosen if len(self.chosen) == images else self.chosen * images


@dataclass(frozen=True)
class NoNoise(Noise):
    """The latent stays as it is, since it has noise left over; `noise` tells what steps draw from."""

    noise: Noise
    adds = False

    def seeds(self, images: int) -> tuple[int, ...]:
        """Those of the noise that the latent was begun with, so that its steps go on as they would have."""
        return self.noise.seeds(images)


@dataclass(frozen=True)
class VariationNoise(Noise):
    """One noise on its way to another, `strength` of the angle between them (Shoemake 1985, slerp)."""

    noise: Noise
    variation: Noise
    strength: float

    def seeds(self, images: int) -> tuple[int, ...]:
        """Those of the first noise."""
        return self.noise.seeds(images)

    def start(self, x: Tensor) -> Tensor:
        """Standard normal as both are, picture by picture."""
        place = torch.empty(x.shape)  # on the CPU, so that every device gets the same
        return slerp(self.noise.start(place), self.variation.start(place), self.strength).to(x)


@dataclass(frozen=True, eq=False)
class GivenNoise(Noise):
    """Noise that was made elsewhere, [1 or b, c, h, w]; `noise` tells what steps draw from."""

    samples: Tensor
    noise: Noise

    def seeds(self, images: int) -> tuple[int, ...]:
        """Those of the noise for steps."""
        return self.noise.seeds(images)

    def start(self, x: Tensor) -> Tensor:
        """The given noise, the same for all pictures where it is one."""
        if len(self.samples) not in (1, len(x)):
            raise other_batch(f"noise for {len(self.samples)} pictures", len(x))
        if self.samples.shape[1:] != x.shape[1:]:
            expected, got = (" x ".join(map(str, each.shape[1:])) for each in (x, self.samples))
            raise mismatch(
                f"noise of the latent's size, {expected} (channels x height x width)",
                got,
                kind="wrong_size",
                input="noise",
            )
        return self.samples.expand_as(x).to(x)


def slerp(first: Tensor, second: Tensor, share: float) -> Tensor:
    """The point at a share of the arc from first to second, [b, ...], each image by itself.

    Source: Shoemake 1985. Unlike a mix, it leaves the length of normal noise as it is.
    """
    a, b = (each.flatten(1).double() for each in (first, second))
    cosine = (a * b).sum(1) / (a.norm(dim=1) * b.norm(dim=1))
    angle = cosine.clamp(-1, 1).acos()[:, None]
    apart = angle.sin() > 1e-6
    whole = torch.where(apart, angle.sin(), torch.ones_like(angle))
    from_first = torch.where(apart, ((1 - share) * angle).sin() / whole, 1 - share)
    from_second = torch.where(apart, (share * angle).sin() / whole, share)
    return (from_first * a + from_second * b).reshape(first.shape).to(first)


def other_batch(got: str, images: int) -> GraphEngineError:
    """The error for noise that was made for another number of pictures."""
    pictures = "the one picture" if images == 1 else f"one or all of the {images} pictures"
    return mismatch(f"noise for {pictures} of the latent", got, kind="wrong_batch", input="noise")
