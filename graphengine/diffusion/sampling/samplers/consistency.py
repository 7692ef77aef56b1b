"""Multistep sampling of consistency models."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.options import Between
from graphengine.diffusion.sampling.samplers.step import Step


def lcm(denoise: Denoise, x: Tensor, sigmas: Tensor, noise: NoiseSource) -> Iterator[Step]:
    """Each estimate of x_0 is noised again to the next level (Luo et al. 2023, algorithm 3).

    For latent consistency models and LoRAs, at 2 to 8 steps. Their boundary scaling, c_skip and
    c_out, is left out: it keeps f(x, 0) = x, and is 0 and 1 up to 1e-5 where they were distilled.
    """
    return tcd(denoise, x, sigmas, noise, gamma=1.0)


def tcd(
    denoise: Denoise,
    x: Tensor,
    sigmas: Tensor,
    noise: NoiseSource,
    *,
    gamma: Annotated[float, Between(0, 1)] = 0.3,
) -> Iterator[Step]:
    """Down the trajectory to (1 - gamma) of the next level, then noise up to it (Zheng et al. 2024).

    For models of trajectory consistency distillation. With gamma 0 it is deterministic, with 1 it is `lcm`.
    Strategic stochastic sampling with sigma for the time; diffusers takes the share of the timestep instead.
    """
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas)):
        denoised = denoise(x, sigma)
        sigma_down = (1 - gamma) * next_sigma
        sigma_up = next_sigma * (1 - (1 - gamma) ** 2) ** 0.5
        x = denoised + (sigma_down / sigma) * (x - denoised)
        if sigma_up > 0:
            x = x + sigma_up * noise.between(x, sigma, next_sigma)
        yield Step(index, next_sigma, x, denoised)
