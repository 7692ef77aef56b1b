"""Samplers with noise in their steps draw from the data's distribution, whose denoiser is exact here.

Tolerance: three standard errors of the mean, the variance and the share below 0, of 10,000 values. Each
value is a run of its own. The steps are so many that what is left of their length is well below that.
"""

import math
from itertools import pairwise

import pytest
import torch

from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.diffusion.sampling.schedules import karras
from tests.diffusion.sampling.unguided_pair import UnguidedPair

VALUES = 100 * 100
FIRST_ORDER = {"ddim", "ddpm", "euler_ancestral", "euler_ancestral_cfg_pp"}
CONSISTENCY = {"lcm", "tcd"}
"""For models that know where a path leads; see below."""
STOCHASTIC = [name for name, sampler in SAMPLERS.items() if sampler.noise is not None]
SOLVERS = [name for name in STOCHASTIC if name not in CONSISTENCY]


def drawn(name, denoise, data, sigmas, **options):
    generator = torch.Generator().manual_seed(1)
    sampler = SAMPLERS[name].with_options(**options)
    noise = NoiseSource([2], sampler.noise)
    x_0 = data.draw((1, 1, 100, 100), generator).float()
    x = x_0 + sigmas[0] * noise.like(x_0)
    *_, step = sampler.method(UnguidedPair(denoise), x, sigmas, noise)
    assert abs(torch.corrcoef(torch.stack([step.x.flatten(), x_0.flatten()]))[0, 1]) < 0.1  # it is new data
    return step.x.double()


def parts(data):
    return zip(data.w, data.mu, data.s, strict=True) if hasattr(data, "w") else [(1.0, data.mu, data.s)]


def assert_is_like(x, data):
    fourth = sum(
        w * ((mu - data.mean) ** 4 + 6 * (mu - data.mean) ** 2 * s**2 + 3 * s**4) for w, mu, s in parts(data)
    )
    below = sum(w * math.erfc(mu / s / 2**0.5) / 2 for w, mu, s in parts(data))
    assert abs(x.mean().item() - data.mean) < 3 * (data.variance / VALUES) ** 0.5
    assert abs(x.var().item() - data.variance) < 3 * ((fourth - data.variance**2) / VALUES) ** 0.5
    assert abs((x < 0).double().mean().item() - below) < 3 * (below * (1 - below) / VALUES) ** 0.5


@pytest.mark.parametrize("name", SOLVERS)
@pytest.mark.parametrize("distribution", ["gaussian", "mixture"])
def test_the_mean_and_the_variance_are_those_of_the_data(request, noise_schedule, name, distribution):
    data = request.getfixturevalue(distribution)
    sigmas = karras(noise_schedule, 600 if name in FIRST_ORDER else 150).values
    options = {"eta": 1.0} if name == "ddim" else {}
    assert_is_like(drawn(name, data.denoise, data, sigmas, **options), data)


@pytest.mark.parametrize("steps", [1, 3, 8])
def test_lcm_needs_few_steps_of_a_model_that_knows_the_end_of_a_path(gaussian, noise_schedule, steps):
    sigmas = karras(noise_schedule, steps + 1).values[1:]

    def consistent(x, sigma):
        return gaussian.flow(x, sigma, torch.zeros(()))

    if steps == 1:
        sigmas = sigmas[[0, -1]]
    x_0 = gaussian.draw((1, 1, 100, 100), torch.Generator().manual_seed(1)).float()
    noise = NoiseSource([2])
    *_, step = SAMPLERS["lcm"].method(consistent, x_0 + sigmas[0] * noise.like(x_0), sigmas, noise)
    assert_is_like(step.x.double(), gaussian)


@pytest.mark.parametrize("gamma", [0.0, 0.3, 1.0])
def test_tcd_needs_few_steps_of_a_model_that_knows_the_path(gaussian, noise_schedule, gamma):
    sigmas = karras(noise_schedule, 4).values
    ends = {sigma.item(): (1 - gamma) * next_sigma for sigma, next_sigma in pairwise(sigmas)}

    def trajectory(x, sigma):
        """The x_0 by which a straight line reaches the end of the jump where the path does."""
        end = ends[sigma.item()]
        return (gaussian.flow(x, sigma, end) - end / sigma * x) / (1 - end / sigma)

    x_0 = gaussian.draw((1, 1, 100, 100), torch.Generator().manual_seed(1)).float()
    noise = NoiseSource([2])
    x = x_0 + sigmas[0] * noise.like(x_0)
    *_, step = SAMPLERS["tcd"].with_options(gamma=gamma).method(trajectory, x, sigmas, noise)
    assert_is_like(step.x.double(), gaussian)
