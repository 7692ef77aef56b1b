"""DPM-Solver of second order, single-step."""

from collections.abc import Iterator
from itertools import pairwise

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.step import Step


def dpm_2(denoise: Denoise, x: Tensor, sigmas: Tensor, noise: NoiseSource) -> Iterator[Step]:
    """Second order, two calls a step: the slope in the middle of log sigma (Lu et al. 2022a, algorithm 1).

    A step to 0, whose middle is nowhere, is Euler's, with one call.
    """
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas)):
        denoised = denoise(x, sigma)
        d = (x - denoised) / sigma
        if next_sigma > 0:
            middle = (sigma * next_sigma).sqrt()
            x_middle = x + (middle - sigma) * d
            denoised = denoise(x_middle, middle)
            d = (x_middle - denoised) / middle
        x = x + (next_sigma - sigma) * d
        yield Step(index, next_sigma, x, denoised)
