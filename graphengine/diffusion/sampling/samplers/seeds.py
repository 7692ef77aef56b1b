"""Stochastic explicit exponential derivative-free solvers."""

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import torch
from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.exponential import log_level
from graphengine.diffusion.sampling.samplers.options import Eta, NoiseFactor
from graphengine.diffusion.sampling.samplers.step import Step


def seeds_2(
    denoise: Denoise,
    x: Tensor,
    sigmas: Tensor,
    noise: NoiseSource,
    *,
    eta: Eta = 1.0,
    s_noise: NoiseFactor = 1.0,
) -> Iterator[Step]:
    """SEEDS-2 for estimates of x_0, two calls a step (Gonzalez et al. 2023, with c_2 = 1/2). See `staged`."""
    return staged(denoise, x, sigmas, noise, eta, s_noise, (0.0, 1 / 2, 1.0), lambda h: -math.expm1(-h) / 2)


def seeds_3(
    denoise: Denoise,
    x: Tensor,
    sigmas: Tensor,
    noise: NoiseSource,
    *,
    eta: Eta = 1.0,
    s_noise: NoiseFactor = 1.0,
) -> Iterator[Step]:
    """SEEDS-3 for estimates of x_0, three calls a step (Gonzalez et al. 2023, with thirds). See `staged`."""
    return staged(
        denoise, x, sigmas, noise, eta, s_noise, (0.0, 1 / 3, 2 / 3, 1.0), lambda h: 1 + math.expm1(-h) / h
    )


def staged(
    denoise: Denoise,
    x: Tensor,
    sigmas: Tensor,
    noise: NoiseSource,
    eta: float,
    s_noise: float,
    shares: Sequence[float],
    correction: Callable[[float], float],
) -> Iterator[Step]:
    """A step by way of stages at `shares` of its length in -log sigma, all on the noise of one path.

    Each stage goes from the beginning of the step to its share along the first estimate of x_0 and, with
    the weight `correction` of its length, the change of it that the stage before saw. The noise is that
    which the SDE has gathered until there. A step to 0 ends in x_0.
    """
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas.tolist())):
        first = denoised = denoise(x, sigmas[index])
        h = log_level(next_sigma) - log_level(sigma)
        if next_sigma == 0:
            x = denoised
        elif h > 0:  # not so where the two differ by the rounding of a logarithm
            start, gathered = x, torch.zeros_like(x)
            inner = [sigmas[index] * math.exp(-share * h) for share in shares[1:-1]]
            levels = pairwise([sigmas[index], *inner, sigmas[index + 1]])
            for (before, share), (level, next_level) in zip(pairwise(shares), levels, strict=True):
                length, part = (1 + eta) * share * h, (share - before) * h
                drifted = first + math.exp(-length) * (start - first)
                if before > 0:
                    denoised = denoise(x, level)
                    drifted = drifted + correction(length) * share / before * (denoised - first)
                if eta > 0:
                    sigma_up = next_level * math.sqrt(-math.expm1(-2 * eta * part))
                    fresh = sigma_up * noise.between(x, level, next_level)
                    gathered = math.exp(-(1 + eta) * part) * gathered + fresh
                x = drifted + s_noise * gathered
        yield Step(index, sigmas[index + 1], x, denoised)
