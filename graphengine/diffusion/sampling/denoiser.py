"""The one contract that samplers know."""

from collections.abc import Callable
from typing import Protocol

from torch import Tensor

Denoise = Callable[[Tensor, Tensor], Tensor]
"""A denoiser with its conditioning bound, as samplers call it: (x, sigma) -> x_0."""


class PairDenoise(Protocol):
    """A denoiser with its conditioning bound, for samplers that need both estimates (CFG++)."""

    def __call__(self, x: Tensor, sigma: Tensor) -> Tensor:
        """The guided x_0, as of a `Denoise`."""

    def pair(self, x: Tensor, sigma: Tensor) -> tuple[Tensor, Tensor]:
        """The guided x_0 and the unconditional one, both in x's shape and dtype."""


class Denoiser(Protocol):
    """Estimates the clean latent in a noisy one, given what the picture should show."""

    def __call__(self, x: Tensor, sigma: Tensor, context: Tensor) -> Tensor:
        """x: [b, c, h, w]; sigma: 0-d, on the CPU; context: [b, t, d]. Returns x_0 in x's shape and dtype."""
