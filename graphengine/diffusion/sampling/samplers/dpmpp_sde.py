"""DPM-Solver++ for the SDE, singlestep."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.ancestral import ancestral_step
from graphengine.diffusion.sampling.samplers.options import Between, Eta, NoiseFactor
from graphengine.diffusion.sampling.samplers.step import Step


def dpmpp_sde(
    denoise: Denoise,
    x: Tensor,
    sigmas: Tensor,
    noise: NoiseSource,
    *,
    eta: Eta = 1.0,
    s_noise: NoiseFactor = 1.0,
    r: Annotated[float, Between(0.1, 1)] = 0.5,
) -> Iterator[Step]:
    """Two calls a step along one path of Brownian motion, the second at the share `r` of log sigma.

    It is SDE-DPM-Solver++ (Lu et al. 2022b) of second order in a single step, as k-diffusion has
    it: with eta 1 both stages are exact for a constant x_0, and the estimates are joined as in algorithm 1.
    A step to 0 ends in x_0.
    """
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas)):
        denoised = denoise(x, sigma)
        if next_sigma > 0:
            middle = sigma ** (1 - r) * next_sigma**r
            sigma_down, sigma_up = ancestral_step(sigma, middle, eta)
            x_middle = denoised + (sigma_down / sigma) * (x - denoised)
            if sigma_up > 0:
                x_middle = x_middle + s_noise * sigma_up * noise.between(x, sigma, middle)
            share = 1 / (2 * r)
            denoised = (1 - share) * denoised + share * denoise(x_middle, middle)
        sigma_down, sigma_up = ancestral_step(sigma, next_sigma, eta)
        x = denoised + (sigma_down / sigma) * (x - denoised)
        if sigma_up > 0:
            x = x + s_noise * sigma_up * noise.between(x, sigma, next_sigma)
        yield Step(index, next_sigma, x, denoised)
