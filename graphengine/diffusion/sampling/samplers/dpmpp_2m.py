"""DPM-Solver++ of second order, multistep."""

from collections.abc import Iterator
from itertools import pairwise

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.step import Step


def dpmpp_2m(denoise: Denoise, x: Tensor, sigmas: Tensor, noise: NoiseSource) -> Iterator[Step]:
    """Second order at one call a step, by the estimate of the step before (Lu et al. 2022, algorithm 2).

    `h` is the length of a step in -log sigma, half the log of the signal-to-noise ratio.
    The first step is of first order, and so is a step to 0, where h is infinite.
    """
    before: tuple[Tensor, Tensor] | None = None
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas)):
        denoised = denoise(x, sigma)
        h = (sigma / next_sigma).log()
        extrapolated = denoised
        if before is not None and next_sigma > 0:
            h_before, denoised_before = before
            r = h_before / h
            extrapolated = denoised + (denoised - denoised_before) / (2 * r)
        x = (next_sigma / sigma) * x - (-h).expm1() * extrapolated
        before = h, denoised
        yield Step(index, next_sigma, x, denoised)
