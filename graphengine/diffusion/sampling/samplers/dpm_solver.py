"""The single steps of DPM-Solver, of which `dpm_fast` and `dpm_adaptive` make a run."""

import math
from typing import NamedTuple

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise


class Estimate(NamedTuple):
    """What the model says of one x: its noise and its clean latent."""

    eps: Tensor
    denoised: Tensor


def estimate(denoise: Denoise, x: Tensor, sigma: Tensor) -> Estimate:
    """Ask the model, at a sigma above 0."""
    denoised = denoise(x, sigma)
    return Estimate((x - denoised) / sigma, denoised)


def between(sigma: Tensor, next_sigma: Tensor, r: float) -> Tensor:
    """The level at a share r of the step, in log sigma."""
    return sigma ** (1 - r) * next_sigma**r


def dpm_solver_1(x: Tensor, eps: Tensor, sigma: Tensor, next_sigma: Tensor) -> Tensor:
    """First order: Euler's step, and DDIM's (Lu et al. 2022a, eq. 3.7)."""
    return x + (next_sigma - sigma) * eps


def dpm_solver_2(
    x: Tensor, eps: Tensor, eps_1: Tensor, sigma: Tensor, next_sigma: Tensor, r_1: float = 1 / 2
) -> Tensor:
    """Second order, with the noise at the start and at a share r_1 of it (Lu et al. 2022a, algorithm 1)."""
    return x + (next_sigma - sigma) * (eps + (eps_1 - eps) / (2 * r_1))


def dpm_solver_3_middle(x: Tensor, eps: Tensor, eps_1: Tensor, sigma: Tensor, level: Tensor) -> Tensor:
    """The second intermediate x, at a share r_2 of 2/3 of the step: u_{2i} (Lu et al. 2022a, algorithm 2)."""
    return x + (level - sigma) * eps - 2 * curvature(sigma, level) * (eps_1 - eps)


def dpm_solver_3(x: Tensor, eps: Tensor, eps_2: Tensor, sigma: Tensor, next_sigma: Tensor) -> Tensor:
    """Third order, from the noise at the start and at that x (Lu et al. 2022a, algorithm 2)."""
    return x + (next_sigma - sigma) * eps - 3 / 2 * curvature(sigma, next_sigma) * (eps_2 - eps)


def curvature(sigma: Tensor, next_sigma: Tensor) -> float:
    """sigma_next ((e^h - 1) / h - 1), the weight of a noise that rises by 1 in the step of length h."""
    start, end = sigma.item(), next_sigma.item()
    h = math.log1p((start - end) / end)
    return (start - end) / h - end if h > 0 else 0.0


def position(sigmas: Tensor, sigma: Tensor) -> int:
    """The index of the given step that `sigma` lies in, which tells how far a sampler with own steps is."""
    return max(int((sigmas > sigma).sum()) - 1, 0)
