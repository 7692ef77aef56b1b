"""DPM-Solver++ of second order, multistep."""

import math
from collections.abc import Iterator
from itertools import pairwise

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.exponential import log_level
from graphengine.diffusion.sampling.samplers.history import History
from graphengine.diffusion.sampling.samplers.step import Step


def dpmpp_2m(denoise: Denoise, x: Tensor, sigmas: Tensor, noise: NoiseSource) -> Iterator[Step]:
    """Second order at one call a step, by the estimate of the step before (Lu et al. 2022, algorithm 2).

    `h` is the length of a step in -log sigma, half the log of the signal-to-noise ratio.
    The first step is of first order, and so is a step to 0, where h is infinite.
    """
    estimates = History(order=2)
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas.tolist())):
        denoised = denoise(x, sigmas[index])
        if next_sigma > 0:
            now, then = log_level(sigma), log_level(next_sigma)
            estimates.add(now, denoised, then)
            h, extrapolated = then - now, denoised
            if len(estimates.times) == 2:
                h_before = now - estimates.times[1]
                extrapolated = denoised + h / (2 * h_before) * (denoised - estimates.values[1])
            x = (next_sigma / sigma) * x - math.expm1(-h) * extrapolated
        else:
            x = denoised
        yield Step(index, sigmas[index + 1], x, denoised)
