"""DPM-Solver++ of third order for the SDE, multistep."""

import math
from collections.abc import Iterator
from itertools import pairwise

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.options import Eta, NoiseFactor
from graphengine.diffusion.sampling.samplers.step import Step


def dpmpp_3m_sde(
    denoise: Denoise,
    x: Tensor,
    sigmas: Tensor,
    noise: NoiseSource,
    *,
    eta: Eta = 1.0,
    s_noise: NoiseFactor = 1.0,
) -> Iterator[Step]:
    """DPM-Solver++(3M) (Lu et al. 2022b) for the SDE, as in k-diffusion: one call a step, three estimates.

    `h` is the length of a step in -log sigma, d_1 and d_2 are the first two divided differences of x_0 in
    units of it. The first two steps have fewer estimates; a step to 0 ends in x_0.
    """
    h_1 = h_2 = 0.0
    denoised_1 = denoised_2 = x
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas.tolist())):
        denoised = denoise(x, sigmas[index])
        if next_sigma > 0:
            h = math.log(sigma / next_sigma)
            h_eta = (1 + eta) * h
            x = denoised + math.exp(-h_eta) * (x - denoised)
            phi_2 = 1 + math.expm1(-h_eta) / h_eta
            phi_3 = phi_2 / h_eta - 0.5
            if index == 1:
                x = x + phi_2 * h / h_1 * (denoised - denoised_1)
            elif index > 1:
                slope = h / h_1 * (denoised - denoised_1)
                slope_before = h / h_2 * (denoised_1 - denoised_2)
                d_2 = h / (h_1 + h_2) * (slope - slope_before)
                d_1 = slope + h_1 / h * d_2
                x = x + phi_2 * d_1 - phi_3 * d_2
            if eta > 0:
                sigma_up = next_sigma * math.sqrt(-math.expm1(-2 * eta * h))
                x = x + s_noise * sigma_up * noise.between(x, sigmas[index], sigmas[index + 1])
            h_1, h_2 = h, h_1
            denoised_1, denoised_2 = denoised, denoised_1
        else:
            x = denoised
        yield Step(index, sigmas[index + 1], x, denoised)
