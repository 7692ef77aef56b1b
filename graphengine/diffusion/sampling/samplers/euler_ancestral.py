"""Euler's method with fresh noise in each step."""

from collections.abc import Iterator
from itertools import pairwise

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.step import Step


def euler_ancestral(denoise: Denoise, x: Tensor, sigmas: Tensor, noise: NoiseSource) -> Iterator[Step]:
    """An Euler step below the next noise level, then noise up to it (Song et al. 2021, appendix F).

    The noise has the variance of the forward process's posterior between the two levels.
    """
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas)):
        denoised = denoise(x, sigma)
        sigma_down = next_sigma**2 / sigma
        sigma_up = (next_sigma**2 - sigma_down**2).sqrt()
        d = (x - denoised) / sigma
        x = x + (sigma_down - sigma) * d
        if next_sigma > 0:
            x = x + sigma_up * noise.between(x, sigma, next_sigma)
        yield Step(index, next_sigma, x, denoised)
