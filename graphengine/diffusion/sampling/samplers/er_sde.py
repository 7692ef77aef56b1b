"""Extended reverse-time SDE solvers."""

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated

import numpy as np
from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.history import History, gauss_legendre
from graphengine.diffusion.sampling.samplers.options import Between, NoiseFactor
from graphengine.diffusion.sampling.samplers.step import Step

POINTS = 32
"""Of the quadrature in log sigma for integrals without a closed form (the paper sums over 100 in sigma)."""


def er_sde(
    denoise: Denoise,
    x: Tensor,
    sigmas: Tensor,
    noise: NoiseSource,
    *,
    order: Annotated[int, Between(1, 3)] = 3,
    s_noise: NoiseFactor = 1.0,
) -> Iterator[Step]:
    """ER-SDE-Solver-1 to 3 with the noise scale of ER-SDE 5 (Cui et al. 2023, variance exploding).

    One call a step. The first steps have fewer estimates to go by; a step to 0 ends in x_0.
    """
    estimates = History(order)
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas.tolist())):
        denoised = denoise(x, sigmas[index])
        if next_sigma > 0:
            estimates.add(sigma, denoised, next_sigma)
            times, values = estimates.times, estimates.values
            ratio = noise_scale(next_sigma) / noise_scale(sigma)
            x = denoised + ratio * (x - denoised)
            if len(times) > 1:
                first, second = taylor_weights(sigma, next_sigma)
                slope = (denoised - values[1]) / (sigma - times[1])
                x = x + first * slope
                if len(times) > 2:
                    slope_before = (values[1] - values[2]) / (times[1] - times[2])
                    x = x + second * (slope - slope_before) / ((sigma - times[2]) / 2)
            sigma_up = math.sqrt(max(next_sigma**2 - (sigma * ratio) ** 2, 0.0))
            if sigma_up > 0:
                x = x + s_noise * sigma_up * noise.between(x, sigmas[index], sigmas[index + 1])
        else:
            x = denoised
        yield Step(index, sigmas[index + 1], x, denoised)


def noise_scale(sigma: float) -> float:
    """The paper's phi, which sets how much noise a step has; phi(sigma) = sigma would be the ODE."""
    return sigma * (math.exp(sigma**0.3) + 10)


def taylor_weights(sigma: float, next_sigma: float) -> tuple[float, float]:
    """What the first and the second derivative of x_0 in sigma count in a step."""
    log_s, weights = gauss_legendre(math.log(next_sigma), math.log(sigma), POINTS)
    s = np.exp(log_s)
    share = noise_scale(next_sigma) * weights / (np.exp(s**0.3) + 10)  # phi(next_sigma) ds / phi(s)
    move = next_sigma - sigma
    return float(move + share.sum()), float(move**2 / 2 + (share * (s - sigma)).sum())
