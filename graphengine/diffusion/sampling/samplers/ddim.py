"""Denoising diffusion implicit models."""

from collections.abc import Iterator
from itertools import pairwise

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.options import Eta
from graphengine.diffusion.sampling.samplers.step import Step


def ddim(
    denoise: Denoise, x: Tensor, sigmas: Tensor, noise: NoiseSource, *, eta: Eta = 0.0
) -> Iterator[Step]:
    """Split x into x_0 and noise, and join them again at the next level (Song et al. 2020, eq. 12 and 16).

    `eta` is the share of fresh noise: with 0 the start decides the end, with 1 it is DDPM.
    In the scale of the paper x is divided by sqrt(sigma^2 + 1).
    """
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas)):
        denoised = denoise(x, sigma)
        eps = (x - denoised) / sigma
        fresh = eta * next_sigma * (1 - (next_sigma / sigma) ** 2).sqrt()
        x = denoised + (next_sigma**2 - fresh**2).sqrt() * eps
        if fresh > 0:
            x = x + fresh * noise.between(x, sigma, next_sigma)
        yield Step(index, next_sigma, x, denoised)
