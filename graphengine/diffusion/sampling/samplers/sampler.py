"""A sampler with its name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.step import Step

Method = Callable[[Denoise, Tensor, Tensor, NoiseSource], Iterator[Step]]
"""(denoise, x at the first sigma, sigmas [steps + 1], noise) -> a step for each pair of neighbouring sigmas.

It works only as steps are asked for: whoever drives it shows progress and previews, and may stop early.
"""


@dataclass(frozen=True)
class Sampler:
    """A way from noise to a latent, under the name that errors and menus show."""

    name: str
    method: Method
