"""Refined exponential solver, multistep."""

from collections.abc import Iterator
from itertools import pairwise

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.ancestral import ancestral_step
from graphengine.diffusion.sampling.samplers.exponential import data_weights, log_level
from graphengine.diffusion.sampling.samplers.history import History, weighted_sum
from graphengine.diffusion.sampling.samplers.options import Eta, NoiseFactor
from graphengine.diffusion.sampling.samplers.step import Step


def res_multistep(denoise: Denoise, x: Tensor, sigmas: Tensor, noise: NoiseSource) -> Iterator[Step]:
    """Second order at one call a step, exact where x_0 is linear in log sigma (Zhang et al. 2023, RES).

    The weights h (phi_1 - phi_2 / c_2) and h phi_2 / c_2, with phi_k at -h and c_2 = -h_before / h, are
    integrals that are taken as such here, without the small differences of the phi_k. A step to 0 is of first
    order.
    """
    return res_multistep_ancestral(denoise, x, sigmas, noise, eta=0.0)


def res_multistep_ancestral(
    denoise: Denoise,
    x: Tensor,
    sigmas: Tensor,
    noise: NoiseSource,
    *,
    eta: Eta = 1.0,
    s_noise: NoiseFactor = 1.0,
) -> Iterator[Step]:
    """`res_multistep` to below the next level, then noise up to it (Song et al. 2021, appendix F).

    Estimates lie apart by the way down of the step between them, as x_0 has changed along all of it.
    """
    estimates, start = History(order=2), 0.0
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas)):
        denoised = denoise(x, sigma)
        sigma_down, sigma_up = ancestral_step(sigma, next_sigma, eta)
        if sigma_down > 0:
            end = start + log_level(sigma_down.item()) - log_level(sigma.item())
            estimates.add(start, denoised, end)
            weights = data_weights(estimates.times, start, end)
            start = end
            x = (sigma_down / sigma) * x + weighted_sum(weights, estimates.values)
        else:
            x = denoised
        if sigma_up > 0:
            x = x + s_noise * sigma_up * noise.between(x, sigma, next_sigma)
        yield Step(index, next_sigma, x, denoised)
