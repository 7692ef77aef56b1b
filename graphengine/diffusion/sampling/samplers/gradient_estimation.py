"""Gradient estimation: noise estimates corrected by the ones before."""

from collections.abc import Iterator
from itertools import pairwise

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.step import Step


def gradient_estimation(
    denoise: Denoise, x: Tensor, sigmas: Tensor, noise: NoiseSource, *, gamma: float = 2.0
) -> Iterator[Step]:
    """DDIM along gamma eps + (1 - gamma) eps_before (Permenter & Yuan 2023, algorithm 2).

    First order, as DDIM is: for equal steps gamma 3/2 would be Adams-Bashforth's second order, but the paper
    chose 2 by the quality of pictures. A step to 0, which its schedules don't have, ends at the estimate of
    x_0.
    """
    before: Tensor | None = None
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas)):
        denoised = denoise(x, sigma)
        eps = (x - denoised) / sigma
        better = eps if before is None or next_sigma == 0 else gamma * eps + (1 - gamma) * before
        x = x + (next_sigma - sigma) * better
        before = eps
        yield Step(index, next_sigma, x, denoised)
