"""Refined exponential solver, multistep."""

from collections.abc import Iterator
from itertools import pairwise

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.exponential import data_weights, log_level
from graphengine.diffusion.sampling.samplers.history import History, weighted_sum
from graphengine.diffusion.sampling.samplers.step import Step


def res_multistep(denoise: Denoise, x: Tensor, sigmas: Tensor, noise: NoiseSource) -> Iterator[Step]:
    """Second order at one call a step, exact where x_0 is linear in log sigma (Zhang et al. 2023, RES).

    The weights h (phi_1 - phi_2 / c_2) and h phi_2 / c_2, with phi_k at -h and c_2 = -h_before / h, are
    integrals that are taken as such here, without the small differences of the phi_k. A step to 0 is of first
    order.
    """
    estimates = History(order=2)
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas.tolist())):
        denoised = denoise(x, sigmas[index])
        if next_sigma > 0:
            start, end = log_level(sigma), log_level(next_sigma)
            estimates.add(start, denoised, end)
            weights = data_weights(estimates.times, start, end)
            x = (next_sigma / sigma) * x + weighted_sum(weights, estimates.values)
        else:
            x = denoised
        yield Step(index, sigmas[index + 1], x, denoised)
