"""What a sampler hands out after each of its steps."""

from dataclasses import dataclass

from torch import Tensor


@dataclass(frozen=True, eq=False)
class Step:
    """The state after a step: `x` at the noise level `sigma`, and the estimate of x_0 that led there."""

    index: int
    """Counted from 0."""
    sigma: Tensor
    x: Tensor
    denoised: Tensor
