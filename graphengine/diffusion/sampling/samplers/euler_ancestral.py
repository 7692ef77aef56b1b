"""Euler's method with fresh noise in each step."""

from collections.abc import Iterator
from itertools import pairwise

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.ancestral import ancestral_step
from graphengine.diffusion.sampling.samplers.options import Eta, NoiseFactor
from graphengine.diffusion.sampling.samplers.step import Step


def euler_ancestral(
    denoise: Denoise,
    x: Tensor,
    sigmas: Tensor,
    noise: NoiseSource,
    *,
    eta: Eta = 1.0,
    s_noise: NoiseFactor = 1.0,
) -> Iterator[Step]:
    """An Euler step below the next noise level, then noise up to it (Song et al. 2021, appendix F)."""
    for index, (sigma, next_sigma) in enumerate(pairwise(sigmas)):
        denoised = denoise(x, sigma)
        sigma_down, sigma_up = ancestral_step(sigma, next_sigma, eta)
        d = (x - denoised) / sigma
        x = x + (sigma_down - sigma) * d
        if sigma_up > 0:
            x = x + s_noise * sigma_up * noise.between(x, sigma, next_sigma)
        yield Step(index, next_sigma, x, denoised)
