"""Denoising diffusion probabilistic models."""

from collections.abc import Iterator
from itertools import pairwise

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.step import Step


def ddpm(denoise: Denoise, x: Tensor, sigmas: Tensor, noise: NoiseSource) -> Iterator[Step]:
    """A draw from the forward process's posterior q(x_next | x, x_0) (Ho et al. 2020, eq. 6 and 7).

    In the scale where x = x_0 + sigma * eps, its mean lies between x_0 and x, at the two variances' ratio.
    """
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas)):
        denoised = denoise(x, sigma)
        ratio = (next_sigma / sigma) ** 2
        x = denoised + ratio * (x - denoised)
        if next_sigma > 0:
            x = x + next_sigma * (1 - ratio).sqrt() * noise.between(x, sigma, next_sigma)
        yield Step(index, next_sigma, x, denoised)
