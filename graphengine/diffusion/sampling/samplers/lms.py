"""Linear multistep methods in sigma."""

from collections.abc import Iterator
from itertools import pairwise

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


def lms(denoise: Denoise, x: Tensor, sigmas: Tensor, noise: NoiseSource, *, order: int = 4) -> Iterator[Step]:
    """Adams-Bashforth for unequal steps: integrate the polynomial through the last `order` slopes dx/dsigma.

    One call a step. The first steps are of the orders 1, 2 and so on (Hairer et al. 1993, III.1 and III.5).
    `ipndm_v` is this method too: it is iPNDM (Zhang & Chen 2022) with weights for unequal steps, which are
    these. (Its published code, which others have copied, misplaces a bracket in the weights from third order
    on: with equal steps it agrees, with others it is of second order only.)
    """
    slopes = History(order)
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas.tolist())):
        denoised = denoise(x, sigmas[index])
        slopes.add(sigma, (x - denoised) / sigma, next_sigma)
        exact = gauss_legendre(sigma, next_sigma, points=order // 2 + 1)
        x = x + weighted_sum(lagrange_integrals(slopes.times, *exact), slopes.values)
        yield Step(index, sigmas[index + 1], x, denoised)
