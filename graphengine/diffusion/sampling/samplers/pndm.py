"""Pseudo linear multistep methods for diffusion models."""

from collections.abc import Iterator
from itertools import pairwise

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.history import weighted_sum
from graphengine.diffusion.sampling.samplers.step import Step

ADAMS_BASHFORTH = (
    (1.0,),
    (3 / 2, -1 / 2),
    (23 / 12, -16 / 12, 5 / 12),
    (55 / 24, -59 / 24, 37 / 24, -9 / 24),
)
"""Weights of the latest estimates, the newest first, for equal steps in time."""


def plms(denoise: Denoise, x: Tensor, sigmas: Tensor, noise: NoiseSource) -> Iterator[Step]:
    """DDIM steps along a mean of the last four noise estimates (Liu et al. 2022, eq. 11 and 12).

    Second order (their section 3.4), since the weights are those of equal steps. As in the first release of
    latent diffusion the first step takes the mean of the noise at its two ends, with one call more, instead
    of the paper's Runge-Kutta steps.
    """
    estimates: list[Tensor] = []
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas)):
        denoised = denoise(x, sigma)
        estimates = [(x - denoised) / sigma, *estimates][:4]
        eps = weighted_sum(ADAMS_BASHFORTH[len(estimates) - 1], estimates)
        if index == 0 and next_sigma > 0:
            x_end = x + (next_sigma - sigma) * eps
            denoised = denoise(x_end, next_sigma)
            eps = (eps + (x_end - denoised) / next_sigma) / 2
        x = x + (next_sigma - sigma) * eps
        yield Step(index, next_sigma, x, denoised)


def ipndm(denoise: Denoise, x: Tensor, sigmas: Tensor, noise: NoiseSource) -> Iterator[Step]:
    """PNDM that starts with steps of lower order instead, one call each (Zhang & Chen 2022, iPNDM)."""
    estimates: list[Tensor] = []
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas)):
        denoised = denoise(x, sigma)
        estimates = [(x - denoised) / sigma, *estimates][:4]
        eps = weighted_sum(ADAMS_BASHFORTH[len(estimates) - 1], estimates)
        x = x + (next_sigma - sigma) * eps
        yield Step(index, next_sigma, x, denoised)
