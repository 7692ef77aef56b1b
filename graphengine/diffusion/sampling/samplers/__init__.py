"""Samplers, one file for each family, all in the scale where x = x_0 + sigma * eps."""

from collections.abc import Mapping
from types import MappingProxyType

from graphengine.diffusion.sampling.samplers.ddim import ddim
from graphengine.diffusion.sampling.samplers.ddpm import ddpm
from graphengine.diffusion.sampling.samplers.dpmpp_2m import dpmpp_2m
from graphengine.diffusion.sampling.samplers.euler import euler
from graphengine.diffusion.sampling.samplers.euler_ancestral import euler_ancestral
from graphengine.diffusion.sampling.samplers.heun import heun
from graphengine.diffusion.sampling.samplers.sampler import Method, Sampler
from graphengine.diffusion.sampling.samplers.step import Step

METHODS: tuple[Method, ...] = (euler, euler_ancestral, heun, dpmpp_2m, ddim, ddpm)

SAMPLERS: Mapping[str, Sampler] = MappingProxyType(
    {method.__name__: Sampler(method.__name__, method) for method in METHODS}
)

__all__ = ["SAMPLERS", "Method", "Sampler", "Step"]
