"""DPM-Solver-fast."""

from collections.abc import Iterator
from itertools import pairwise

import torch
from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.dpm_solver import (
    between,
    dpm_solver_1,
    dpm_solver_2,
    dpm_solver_3,
    dpm_solver_3_middle,
    estimate,
    position,
)
from graphengine.diffusion.sampling.samplers.step import Step


def dpm_fast(denoise: Denoise, x: Tensor, sigmas: Tensor, noise: NoiseSource) -> Iterator[Step]:
    """Third order in steps of its own, with one call per given step (Lu et al. 2022a, DPM-Solver-fast).

    From the first sigma to the last above 0 it goes in a third as many steps of three calls, evenly spaced in
    log sigma; what calls are left over make the last steps, of lower order. A step to 0 goes to the estimate
    of x_0. The index of a `Step` tells which of the given steps it has reached.
    """
    above_0 = sigmas[sigmas > 0]
    orders = fast_orders(len(above_0) - 1)
    levels = log_spaced(above_0[[0, -1]], len(orders)) if orders else above_0
    for order, (sigma, next_sigma) in zip(orders, pairwise(levels), strict=True):
        eps, denoised = estimate(denoise, x, sigma)
        if order == 1:
            x = dpm_solver_1(x, eps, sigma, next_sigma)
        elif order == 2:
            level = between(sigma, next_sigma, 1 / 2)
            eps_1, denoised = estimate(denoise, dpm_solver_1(x, eps, sigma, level), level)
            x = dpm_solver_2(x, eps, eps_1, sigma, next_sigma)
        else:
            level = between(sigma, next_sigma, 1 / 3)
            eps_1, _ = estimate(denoise, dpm_solver_1(x, eps, sigma, level), level)
            level = between(sigma, next_sigma, 2 / 3)
            eps_2, denoised = estimate(denoise, dpm_solver_3_middle(x, eps, eps_1, sigma, level), level)
            x = dpm_solver_3(x, eps, eps_2, sigma, next_sigma)
        yield Step(position(sigmas, next_sigma), next_sigma, x, denoised)
    if len(sigmas) > len(above_0) > 0:
        denoised = denoise(x, above_0[-1])
        yield Step(len(sigmas) - 2, sigmas[-1], denoised, denoised)


def fast_orders(calls: int) -> list[int]:
    """The orders of the steps that together make so many calls."""
    if calls < 1:
        return []
    threes, left = divmod(calls, 3)
    if left == 0:
        return [3] * (threes - 1) + [2, 1]
    return [3] * threes + [left]


def log_spaced(ends: Tensor, steps: int) -> Tensor:
    """Levels between two, both included, evenly spaced in log sigma."""
    start, end = ends.double().log().tolist()
    inner = torch.linspace(start, end, steps + 1, dtype=torch.float64)[1:-1].exp()
    return torch.cat([ends[:1], inner.to(ends), ends[1:]])
