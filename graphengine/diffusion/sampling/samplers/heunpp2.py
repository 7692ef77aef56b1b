"""Heun++: slopes further ahead, weighted down."""

from collections.abc import Iterator
from itertools import pairwise

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.step import Step


def heunpp2(denoise: Denoise, x: Tensor, sigmas: Tensor, noise: NoiseSource) -> Iterator[Step]:
    """First order: the mean of the slopes here and at the next two levels, weighted by their share of sigma.

    Three calls a step, two in the last but one, one in the last. Of n slopes the one at level sigma_k counts
    sigma_k / (n sigma_0), and the one here the rest: at low noise it is Euler's method, at high noise it
    looks two steps ahead. There is no paper; it comes from Carzit's sd-webui-sampler-heunpp (2023).
    """
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas)):
        denoised = denoise(x, sigma)
        d = mean = slope = (x - denoised) / sigma
        ahead, reached = x, sigma
        levels = sigmas[index + 1 : -1][:2]
        for level in levels:
            ahead = ahead + (level - reached) * slope
            reached = level
            denoised = denoise(ahead, level)
            slope = (ahead - denoised) / level
            mean = mean + level / ((len(levels) + 1) * sigmas[0]) * (slope - d)
        x = x + (next_sigma - sigma) * mean
        yield Step(index, next_sigma, x, denoised)
