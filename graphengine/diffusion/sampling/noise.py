"""Noise that an image gets from its own seed, whatever batch it is in and whatever device it runs on."""

from collections.abc import Sequence

import torch
from torch import Tensor


class NoiseSource:
    """Streams of standard normal noise, one for each image of a batch, drawn on the CPU in float32.

    An image's stream depends on its seed alone, so an image of a batch gets the noise it would get alone.
    Each draw moves the streams on: make a new source for each run.
    """

    def __init__(self, seeds: Sequence[int]) -> None:
        self.seeds = tuple(seeds)
        self._generators = [torch.Generator().manual_seed(seed % 2**64) for seed in self.seeds]

    @classmethod
    def for_batch(cls, seed: int, images: int) -> "NoiseSource":
        """Image i of the batch has the seed `seed` + i."""
        return cls(range(seed, seed + images))

    def like(self, x: Tensor) -> Tensor:
        """The next noise in the shape, dtype and place of x, [b, ...]."""
        if len(x) != len(self.seeds):
            raise ValueError(f"A batch of {len(x)} images needs {len(x)} seeds, got {len(self.seeds)}.")
        drawn = [torch.randn(x.shape[1:], generator=generator) for generator in self._generators]
        return torch.stack(drawn).to(x)
