"""Diffusion exponential integrator sampler."""

import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.history import (
    History,
    gauss_legendre,
    lagrange_integrals,
    weighted_sum,
)
from graphengine.diffusion.sampling.samplers.step import Step

BETA_0, BETA_1 = 0.1, 20.0
"""The rates of noise at the ends of the variance-preserving SDE (Song et al. 2021, appendix C)."""


def vp_time(sigma: NDArray[np.float64]) -> NDArray[np.float64]:
    """The time, 0 to 1, at which that SDE has a level.

    It solves log(1 + sigma^2) = beta_0 t + (beta_1 - beta_0) t^2 / 2.
    """
    rise = BETA_1 - BETA_0
    return (np.sqrt(BETA_0**2 + 2 * rise * np.log1p(sigma**2)) - BETA_0) / rise


TIMES: dict[str, Callable[[NDArray[np.float64]], NDArray[np.float64]]] = {"vp": vp_time, "log_sigma": np.log}


def deis(
    denoise: Denoise,
    x: Tensor,
    sigmas: Tensor,
    noise: NoiseSource,
    *,
    order: int = 3,
    time: Literal["vp", "log_sigma"] = "vp",
) -> Iterator[Step]:
    """tAB-DEIS: the integral of the polynomial through noise estimates (Zhang & Chen 2022, eq. 14 and 15).

    One call a step, of order `order` with as many estimates; the first steps have fewer, and where a run ends
    in 0 the last ones too, down to the step to 0, which goes to the estimate of x_0.
    time: what the polynomial is in, the time of the variance-preserving SDE as in the paper, or log sigma.
    """
    estimates = History(order)
    levels, time_of = sigmas.tolist(), TIMES[time]
    for index, (sigma, next_sigma) in enumerate(pairwise(levels)):
        denoised = denoise(x, sigmas[index])
        eps = (x - denoised) / sigma
        if next_sigma > 0:
            now, then = time_of(np.array([sigma, next_sigma])).tolist()
            estimates.add(now, eps, then)
            nodes = estimates.times
            if levels[-1] == 0:
                nodes = nodes[: len(levels) - 1 - index]
            log_sigma, weights = gauss_legendre(math.log(sigma), math.log(next_sigma), points=16)
            between = np.exp(log_sigma)
            x = x + weighted_sum(
                lagrange_integrals(nodes, time_of(between), weights * between), estimates.values
            )
        else:
            x = denoised
        yield Step(index, sigmas[index + 1], x, denoised)
