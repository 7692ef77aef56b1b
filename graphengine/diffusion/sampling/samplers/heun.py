"""Heun's method."""

from collections.abc import Iterator
from itertools import pairwise

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.step import Step


def heun(denoise: Denoise, x: Tensor, sigmas: Tensor, noise: NoiseSource) -> Iterator[Step]:
    """Second order, two calls a step, one where the step ends at 0 (Karras et al. 2022, algorithm 1)."""
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas)):
        denoised = denoise(x, sigma)
        d = (x - denoised) / sigma
        x_euler = x + (next_sigma - sigma) * d
        if next_sigma > 0:
            denoised = denoise(x_euler, next_sigma)
            d_end = (x_euler - denoised) / next_sigma
            x = x + (next_sigma - sigma) * (d + d_end) / 2
        else:
            x = x_euler
        yield Step(index, next_sigma, x, denoised)
