"""Noise that an image gets from its own seed, whatever batch it is in and whatever device it runs on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import torch
from torch import Tensor

from graphengine.diffusion.sampling.brownian import BrownianPath
from graphengine.diffusion.sampling.keyed_normal import keyed_normal

NoiseKind = Literal["fresh", "brownian"]
"""How the draws of different steps hang together.

fresh: not at all. brownian: they are increments of one path, which is the same for any number of steps.
"""


@dataclass(frozen=True)
class NoiseSource:
    """Standard normal noise for each image of a batch, drawn on the CPU in float32.

    It depends on the image's seed (modulo 2^64) alone, so an image of a batch gets what it would get alone.
    Nothing is used up: a run that goes on from a step draws what the whole run would have drawn.
    """

    seeds: Sequence[int]
    kind: NoiseKind = "fresh"

    @classmethod
    def for_batch(cls, seed: int, images: int, kind: NoiseKind = "fresh") -> "NoiseSource":
        """Image i of the batch has the seed `seed` + i."""
        return cls(range(seed, seed + images), kind)

    def of_kind(self, kind: NoiseKind) -> "NoiseSource":
        """The same starting noise, with steps of another kind."""
        return replace(self, kind=kind)

    def like(self, x: Tensor) -> Tensor:
        """The noise to start from, in the shape, dtype and place of x, [b, ...]."""
        self._check_batch(x)
        generators = [torch.Generator().manual_seed(seed % 2**64) for seed in self.seeds]
        return torch.stack([torch.randn(x.shape[1:], generator=each) for each in generators]).to(x)

    def between(self, x: Tensor, sigma: Tensor, next_sigma: Tensor) -> Tensor:
        """The noise of a step between two levels above 0, in the shape, dtype and place of x, [b, ...].

        The Brownian path has the time t = 1 / sigma^2: with it the reverse-time SDE (Song et al. 2021, eq. 6,
        for dx = sqrt(2 sigma) dW) reads d(x / sigma^2) = x_0 dt + dW, so a step's noise is its own part of
        the path.
        """
        self._check_batch(x)
        start, end, shape = sigma.item(), next_sigma.item(), x.shape[1:]
        if start <= 0 or end <= 0:
            raise ValueError(f"Noise is drawn between two levels above 0, got {start} and {end}.")
        seeds = [seed % 2**64 for seed in self.seeds]
        if self.kind == "fresh":
            drawn = [keyed_normal(shape, seed, "fresh", start, end) for seed in seeds]
        else:
            drawn = [BrownianPath(seed, shape).unit_increment(start**-2, end**-2) for seed in seeds]
        return torch.stack(drawn).to(x)

    def _check_batch(self, x: Tensor) -> None:
        if len(x) != len(self.seeds):
            raise ValueError(f"A batch of {len(x)} images needs {len(x)} seeds, got {len(self.seeds)}.")
