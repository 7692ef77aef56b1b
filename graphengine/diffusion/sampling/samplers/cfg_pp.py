"""CFG++: guidance moves the estimate of x_0 alone, and the noise that is put back is the unconditional one.

Source: Chung et al. 2024, algorithm 2 and appendix, whose guidance lies in 0..1: about 1/10 of what the same
model takes elsewhere. Where both estimates are equal, each is the sampler of the same name without `_cfg_pp`.
"""

import math
from collections.abc import Iterator
from itertools import pairwise

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import PairDenoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.ancestral import ancestral_step
from graphengine.diffusion.sampling.samplers.exponential import log_level
from graphengine.diffusion.sampling.samplers.history import History
from graphengine.diffusion.sampling.samplers.options import Eta, NoiseFactor
from graphengine.diffusion.sampling.samplers.step import Step


def euler_cfg_pp(denoise: PairDenoise, x: Tensor, sigmas: Tensor, noise: NoiseSource) -> Iterator[Step]:
    """The guided x_0, with the unconditional noise of the next level (Chung et al. 2024, algorithm 2)."""
    return euler_ancestral_cfg_pp(denoise, x, sigmas, noise, eta=0.0)


def euler_ancestral_cfg_pp(
    denoise: PairDenoise,
    x: Tensor,
    sigmas: Tensor,
    noise: NoiseSource,
    *,
    eta: Eta = 1.0,
    s_noise: NoiseFactor = 1.0,
) -> Iterator[Step]:
    """Down below the next level by `euler_cfg_pp`, then fresh noise up to it."""
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas)):
        denoised, unconditional = denoise.pair(x, sigma)
        sigma_down, sigma_up = ancestral_step(sigma, next_sigma, eta)
        x = denoised + (sigma_down / sigma) * (x - unconditional)
        if sigma_up > 0:
            x = x + s_noise * sigma_up * noise.between(x, sigma, next_sigma)
        yield Step(index, next_sigma, x, denoised)


def dpmpp_2s_ancestral_cfg_pp(
    denoise: PairDenoise,
    x: Tensor,
    sigmas: Tensor,
    noise: NoiseSource,
    *,
    eta: Eta = 1.0,
    s_noise: NoiseFactor = 1.0,
) -> Iterator[Step]:
    """Without guidance to the middle of log sigma, then `euler_ancestral_cfg_pp` by what is seen there."""
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas)):
        denoised, unconditional = denoise.pair(x, sigma)
        sigma_down, sigma_up = ancestral_step(sigma, next_sigma, eta)
        if sigma_down > 0:
            middle = (sigma * sigma_down).sqrt()
            x_middle = unconditional + (middle / sigma) * (x - unconditional)
            denoised, unconditional = denoise.pair(x_middle, middle)
        x = denoised + (sigma_down / sigma) * (x - unconditional)
        if sigma_up > 0:
            x = x + s_noise * sigma_up * noise.between(x, sigma, next_sigma)
        yield Step(index, next_sigma, x, denoised)


def dpmpp_2m_cfg_pp(denoise: PairDenoise, x: Tensor, sigmas: Tensor, noise: NoiseSource) -> Iterator[Step]:
    """`euler_cfg_pp` with the change since the unconditional estimate before, at one call a step.

    The first step and a step to 0 are of first order.
    """
    unguided = History(order=2)
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas.tolist())):
        denoised, unconditional = denoise.pair(x, sigmas[index])
        now, then = log_level(sigma), log_level(next_sigma)
        x = denoised + (next_sigma / sigma) * (x - unconditional)
        if next_sigma > 0:
            unguided.add(now, unconditional, then)
            if len(unguided.times) == 2:
                h, h_before = then - now, now - unguided.times[1]
                x = x - math.expm1(-h) * h / (2 * h_before) * (denoised - unguided.values[1])
        yield Step(index, sigmas[index + 1], x, denoised)
