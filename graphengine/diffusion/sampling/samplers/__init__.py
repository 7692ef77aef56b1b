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

ALL = (
    Sampler(name="ddim", method=ddim, noise="fresh"),
    Sampler(name="ddpm", method=ddpm, noise="fresh"),
    Sampler(name="dpmpp_2m", method=dpmpp_2m),
    Sampler(name="euler", method=euler, scale="any"),
    Sampler(name="euler_ancestral", method=euler_ancestral, noise="fresh"),
    Sampler(name="heun", method=heun, scale="any"),
)

SAMPLERS: Mapping[str, Sampler] = MappingProxyType({sampler.name: sampler for sampler in ALL})

__all__ = ["SAMPLERS", "Method", "Sampler", "Step"]
