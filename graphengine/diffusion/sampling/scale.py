"""The two coordinates in which the samplers' x joins a clean latent and noise."""

from typing import Literal

from torch import Tensor

Scale = Literal["exploding", "flow"]
"""exploding: x = x_0 + sigma * eps. flow: x = (1 - sigma) x_0 + sigma * eps, with sigma = t in 0..1."""


def add_noise(x_0: Tensor, eps: Tensor, sigma: Tensor, scale: Scale) -> Tensor:
    """The latent x at a noise level. x_0, eps: [b, c, h, w]; sigma: 0-d."""
    signal = 1 - sigma if scale == "flow" else 1
    return signal * x_0 + sigma * eps


def to_exploding(sigma: Tensor, scale: Scale) -> Tensor:
    """The sigma at which x_0 + sigma * eps has as much noise for its signal; infinite for noise alone."""
    return sigma / (1 - sigma) if scale == "flow" else sigma


def from_exploding(sigma: Tensor, scale: Scale) -> Tensor:
    """The inverse."""
    return 1 / (1 + 1 / sigma) if scale == "flow" else sigma
