"""DPM-Solver++ of third order for the SDE, multistep."""

import math
from collections.abc import Iterator
from itertools import pairwise

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.exponential import log_level
from graphengine.diffusion.sampling.samplers.history import History
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

    `h` is the length of a step in -log sigma, d_1 and d_2 are divided differences of x_0 in units of it.
    phi_3 is half of what d_2 counts in the exact integral, there as here, so with eta 0 it converges with
    order 2. The first two steps have fewer estimates; a step to 0 ends in x_0.
    """
    estimates = History(order=3)
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas.tolist())):
        denoised = denoise(x, sigmas[index])
        now, then = log_level(sigma), log_level(next_sigma)
        if next_sigma == 0:
            x = denoised
        elif then > now:  # not so where the two differ by the rounding of a logarithm
            estimates.add(now, denoised, then)
            h = then - now
            h_eta = (1 + eta) * h
            x = denoised + math.exp(-h_eta) * (x - denoised)
            phi_2 = 1 + math.expm1(-h_eta) / h_eta
            phi_3 = phi_2 / h_eta - 0.5
            if len(estimates.times) > 1:
                r_0 = (now - estimates.times[1]) / h
                d_1 = (denoised - estimates.values[1]) / r_0
                if len(estimates.times) > 2:
                    r_1 = (estimates.times[1] - estimates.times[2]) / h
                    d_2 = (d_1 - (estimates.values[1] - estimates.values[2]) / r_1) / (r_0 + r_1)
                    d_1 = d_1 + r_0 * d_2
                    x = x - phi_3 * d_2
                x = x + phi_2 * d_1
            if eta > 0:
                sigma_up = next_sigma * math.sqrt(-math.expm1(-2 * eta * h))
                x = x + s_noise * sigma_up * noise.between(x, sigmas[index], sigmas[index + 1])
        yield Step(index, sigmas[index + 1], x, denoised)
