"""DPM-Solver++ of second order for the SDE, multistep."""

import math
from collections.abc import Callable, Iterator
from itertools import pairwise

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.exponential import log_level
from graphengine.diffusion.sampling.samplers.history import History
from graphengine.diffusion.sampling.samplers.options import Eta, NoiseFactor
from graphengine.diffusion.sampling.samplers.step import Step


def dpmpp_2m_sde(
    denoise: Denoise,
    x: Tensor,
    sigmas: Tensor,
    noise: NoiseSource,
    *,
    eta: Eta = 1.0,
    s_noise: NoiseFactor = 1.0,
) -> Iterator[Step]:
    """SDE-DPM-Solver++(2M) (Lu et al. 2022b), its correction taken in the middle of the step."""
    return second_order(denoise, x, sigmas, noise, eta, s_noise, lambda h: -math.expm1(-h) / 2)


def dpmpp_2m_sde_heun(
    denoise: Denoise,
    x: Tensor,
    sigmas: Tensor,
    noise: NoiseSource,
    *,
    eta: Eta = 1.0,
    s_noise: NoiseFactor = 1.0,
) -> Iterator[Step]:
    """SDE-DPM-Solver++(2M) (Lu et al. 2022b), its correction integrated over the step."""
    return second_order(denoise, x, sigmas, noise, eta, s_noise, lambda h: 1 + math.expm1(-h) / h)


def second_order(
    denoise: Denoise,
    x: Tensor,
    sigmas: Tensor,
    noise: NoiseSource,
    eta: float,
    s_noise: float,
    correction: Callable[[float], float],
) -> Iterator[Step]:
    """One call a step; the change since the step before counts with `correction`, of (1 + eta) h.

    `h` is the length of a step in -log sigma. With eta 0 it solves the ODE, with eta 1 the reverse-time SDE.
    The first step is of first order, and so is a step to 0, where h is infinite.
    """
    estimates = History(order=2)
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas.tolist())):
        denoised = denoise(x, sigmas[index])
        now, then = log_level(sigma), log_level(next_sigma)
        if next_sigma == 0:
            x = denoised
        elif then > now:  # not so where the two differ by the rounding of a logarithm
            estimates.add(now, denoised, then)
            h = then - now
            x = denoised + math.exp(-(1 + eta) * h) * (x - denoised)
            if len(estimates.times) == 2:
                r = (now - estimates.times[1]) / h
                x = x + correction((1 + eta) * h) / r * (denoised - estimates.values[1])
            if eta > 0:
                sigma_up = next_sigma * math.sqrt(-math.expm1(-2 * eta * h))
                x = x + s_noise * sigma_up * noise.between(x, sigmas[index], sigmas[index + 1])
        yield Step(index, sigmas[index + 1], x, denoised)
