"""Networks of any parameterisation that answer exactly for data whose distribution is known."""

from dataclasses import dataclass

import torch
from known_distributions import Gaussian, GaussianMixture
from torch import Tensor

from graphengine.diffusion.sampling.flow_levels import FlowLevels
from graphengine.diffusion.sampling.network_denoiser import NetworkDenoiser
from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule
from graphengine.diffusion.sampling.preconditioning import Prediction
from graphengine.diffusion.sampling.sigmas import Sigmas

LEVELS: dict[Prediction, NoiseLevels] = {
    "epsilon": NoiseSchedule.scaled_linear(),
    "v": NoiseSchedule.scaled_linear(),
    "flow": FlowLevels(),
}


@dataclass
class ExactModel:
    """A denoiser as samplers want it, of a network that predicts noise, v or a flow's velocity.

    jump: for consistency samplers, the share of the next level that the network's answer leads to in one step
    along the path, as they are trained to; None for the usual answer, the mean of x_0.
    """

    distribution: Gaussian | GaussianMixture
    prediction: Prediction
    sigmas: Sigmas
    jump: float | None = None

    def __call__(self, x: Tensor, sigma: Tensor) -> Tensor:
        """The clean latent, through the real denoiser, in float64."""

        def network(scaled: Tensor, times: Tensor, context: Tensor) -> Tensor:
            # It knows sigma itself: the table that `times` comes from is in float32.
            return self.answer(scaled, sigma.double())

        denoiser = NetworkDenoiser(network, LEVELS[self.prediction], self.prediction, torch.float64)
        return denoiser(x, sigma, torch.zeros(1, 1, 1))

    def pair(self, x: Tensor, sigma: Tensor) -> tuple[Tensor, Tensor]:
        """Twice the same: no guidance."""
        denoised = self(x, sigma)
        return denoised, denoised

    def answer(self, scaled: Tensor, sigma: Tensor) -> Tensor:
        """What the network predicts for its input at a level of its own scale."""
        if self.prediction == "flow":
            signal = 1 - sigma
            x_0 = self.clean(scaled / signal, sigma / signal)
            return (scaled - x_0) / sigma
        root = (sigma**2 + 1).sqrt()
        x_0 = self.clean(scaled * root, sigma)
        eps = (scaled * root - x_0) / sigma
        return eps if self.prediction == "epsilon" else (eps - sigma * x_0) / root

    def clean(self, x: Tensor, sigma: Tensor) -> Tensor:
        """The clean latent that is right for x = x_0 + sigma * eps."""
        if self.jump is None:
            return self.distribution.denoise(x, sigma)
        levels = exploding(self.sigmas)
        next_sigma = levels[int((levels - sigma).abs().argmin()) + 1]
        share = self.jump * next_sigma / sigma
        return (self.distribution.flow(x, sigma, share * sigma) - share * x) / (1 - share)


def exploding(sigmas: Sigmas) -> Tensor:
    """The levels as noise to signal."""
    return sigmas.values / (1 - sigmas.values) if sigmas.scale == "flow" else sigmas.values


def levels_for(prediction: Prediction, values: Tensor) -> Sigmas:
    """Levels of noise to signal in the scale of a parameterisation."""
    return Sigmas(values / (1 + values), "flow") if prediction == "flow" else Sigmas(values)
