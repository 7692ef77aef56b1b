"""The adapter that makes a network keep the contract of denoisers, whatever it predicts."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.diffusion.sampling.preconditioning import PRECONDITIONINGS, Prediction

Predict = Callable[[Tensor, Tensor, Tensor], Tensor]
"""What a network computes: (x of unit variance, times [b], context [b, t, d]) -> its answer."""


@dataclass(frozen=True)
class NetworkDenoiser:
    """A denoiser from a network, what it predicts, and the noise levels that it was trained on."""

    network: Predict
    levels: NoiseLevels
    prediction: Prediction = "epsilon"
    dtype: torch.dtype = torch.float32
    """Precision of the network. The latent keeps its own."""

    def __post_init__(self) -> None:
        """Refuse a velocity in the wrong scale."""
        if (self.prediction == "flow") != (self.levels.scale == "flow"):
            raise ValueError(
                f"a network that predicts '{self.prediction}' can't have noise levels of scale "
                f"'{self.levels.scale}'"
            )

    def __call__(self, x: Tensor, sigma: Tensor, context: Tensor) -> Tensor:
        """The clean latent, [b, c, h, w], at one noise level for all images."""
        skip, out, inner = PRECONDITIONINGS[self.prediction](sigma, self.levels.sigma_data)
        times = self.levels.time_at(sigma).to(x.device).expand(len(x))
        answer = self.network((inner * x).to(self.dtype), times, context.to(x.device, self.dtype))
        return skip * x + out * answer.to(x.dtype)
