"""The noise of one torch generator drawn in turn, as diffusers and k-diffusion draw theirs."""

import torch
from torch import Tensor

from graphengine.diffusion.sampling.noise import NoiseKind, NoiseSource


class NoiseInTurn(NoiseSource):
    """Every draw of either sort is the generator's next, whatever the noise levels are."""

    def __init__(self, seed: int) -> None:
        super().__init__([seed])
        object.__setattr__(self, "generator", torch.Generator().manual_seed(seed))

    def of_kind(self, kind: NoiseKind) -> "NoiseInTurn":
        return self

    def like(self, x: Tensor) -> Tensor:
        return torch.randn(x.shape, generator=self.generator, dtype=x.dtype)

    def between(self, x: Tensor, sigma: Tensor, next_sigma: Tensor) -> Tensor:
        return self.like(x)
