"""DPM-Solver-12 and -23."""

import math
from collections.abc import Iterator

import torch
from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.dpm_solver import (
    Estimate,
    between,
    dpm_solver_1,
    dpm_solver_2,
    dpm_solver_3,
    dpm_solver_3_middle,
    estimate,
    position,
)
from graphengine.diffusion.sampling.samplers.exponential import log_level
from graphengine.diffusion.sampling.samplers.step import Step
from graphengine.diffusion.sampling.samplers.step_control import StepControl


def dpm_adaptive(
    denoise: Denoise,
    x: Tensor,
    sigmas: Tensor,
    noise: NoiseSource,
    *,
    order: int = 3,
    rtol: float = 0.05,
    atol: float = 0.0078,
    h_init: float = 0.05,
    pcoeff: float = 0.0,
    icoeff: float = 1.0,
    dcoeff: float = 0.0,
    accept_safety: float = 0.81,
    most_steps: int = 200,
) -> Iterator[Step]:
    """Steps as long as the difference of two orders allows (Lu et al. 2022a, DPM-Solver-12 and -23).

    Of the given sigmas only the first and the last above 0 count: it chooses its own steps between them, of
    two or three calls, and goes to the estimate of x_0 where the run ends in 0. The index of a `Step` tells
    which of the given steps it has reached. Once a step it waits for the device to learn the error.
    order: 2 or 3, of the better solution, which is kept.
    rtol, atol: how far the two may lie apart, relative to x and absolutely, as a mean over the whole batch,
    for x in unit variance as in the paper. (k-diffusion takes x_0 + sigma * eps relative to the step before:
    where sigma falls from thousands, as in flow matching, steps pass there whose error is as large as x.)
    h_init, most_steps: the first step in log sigma; none is shorter than the way divided by most_steps.
    pcoeff, icoeff, dcoeff, accept_safety: see `StepControl`.
    """
    if order not in (2, 3):
        raise ValueError(f"The order of dpm_adaptive is 2 or 3, got {order}.")
    above_0 = sigmas[sigmas > 0]
    if len(above_0) > 1:
        here, end = (log_level(level) for level in above_0[[0, -1]].tolist())
        shortest = (end - here) / most_steps
        control = StepControl(h_init, order, (pcoeff, icoeff, dcoeff), accept_safety)
        sigma, low = above_0[0], unit_variance(x, above_0[0])
        first: Estimate | None = None
        while here < end:
            control.h = h = max(control.h, shortest)
            there = min(here + h, end)
            next_sigma = above_0[-1] if there == end else sigmas.new_tensor(math.exp(-there))
            first = first or estimate(denoise, x, sigma)
            lower, higher, denoised = embedded(denoise, x, first, sigma, next_sigma, order)
            low_here, high = unit_variance(lower, next_sigma), unit_variance(higher, next_sigma)
            error = distance(low_here, high, low, rtol, atol)
            if control.accepts(error) or h == shortest:
                here, sigma, x, low, first = there, next_sigma, higher, low_here, None
                yield Step(position(sigmas, sigma), sigma, x, denoised)
    if len(sigmas) > len(above_0) > 0:
        denoised = denoise(x, above_0[-1])
        yield Step(len(sigmas) - 2, sigmas[-1], denoised, denoised)


def embedded(
    denoise: Denoise, x: Tensor, first: Estimate, sigma: Tensor, next_sigma: Tensor, order: int
) -> tuple[Tensor, Tensor, Tensor]:
    """A step's solutions of order - 1 and of `order` that share their calls, and the last estimate of x_0."""
    eps = first.eps
    level = between(sigma, next_sigma, 1 / order)
    eps_1, denoised = estimate(denoise, dpm_solver_1(x, eps, sigma, level), level)
    if order == 2:
        low = dpm_solver_1(x, eps, sigma, next_sigma)
        return low, dpm_solver_2(x, eps, eps_1, sigma, next_sigma), denoised
    low = dpm_solver_2(x, eps, eps_1, sigma, next_sigma, r_1=1 / 3)
    level = between(sigma, next_sigma, 2 / 3)
    eps_2, denoised = estimate(denoise, dpm_solver_3_middle(x, eps, eps_1, sigma, level), level)
    return low, dpm_solver_3(x, eps, eps_2, sigma, next_sigma), denoised


def unit_variance(x: Tensor, sigma: Tensor) -> Tensor:
    """x in the scale that the paper measures errors in, where it stays of one size through a run."""
    return x / (1 + sigma**2).sqrt()


def distance(low: Tensor, high: Tensor, before: Tensor, rtol: float, atol: float) -> float:
    """How far two solutions lie apart, in tolerances, as a root mean square (Lu et al. 2022a, appendix C)."""
    tolerance = (rtol * torch.maximum(low.abs(), before.abs())).clamp(min=atol)
    return ((low - high) / tolerance).square().mean().sqrt().item()
