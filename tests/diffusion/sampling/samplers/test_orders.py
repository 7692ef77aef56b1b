"""How fast deterministic samplers come closer to the probability flow ODE, where its solution is known.

All in float64, from Stable Diffusion's highest noise to its lowest. Steps grow from the start as the square
of their index: multistep methods begin with steps of lower order, whose error would else be what is left of
a fine schedule. `dpm_fast` is of third order throughout only if the calls leave 2 when divided by 3.
"""

import math
import statistics

import pytest
import torch

from benchmarks.published_orders import PUBLISHED_ORDERS
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers import SAMPLERS
from tests.diffusion.sampling.unguided_pair import UnguidedPair

COUNTS = (80, 158, 320)


def graded(steps, highest=14.6, lowest=0.03):
    ramp = torch.linspace(0, 1, steps + 1, dtype=torch.float64) ** 2
    return (highest ** (1 / 7) + ramp * (lowest ** (1 / 7) - highest ** (1 / 7))) ** 7


def error(sampler, distribution, sigmas):
    x = sigmas[0] * torch.randn(1, 1, 8, 8, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    steps = list(sampler.method(UnguidedPair(distribution.denoise), x, sigmas, NoiseSource([0])))
    difference = steps[-1].x - distribution.flow(x, sigmas[0], sigmas[-1])
    return difference.square().mean().sqrt().item(), len(steps)


def fitted_order(counts, errors):
    return -statistics.linear_regression([math.log(n) for n in counts], [math.log(e) for e in errors]).slope


@pytest.mark.parametrize("data", ["gaussian", "mixture"])
@pytest.mark.parametrize("name", sorted(PUBLISHED_ORDERS.keys() - {"dpm_adaptive"}))
def test_the_published_order_is_reached(request, data, name):
    distribution, order = request.getfixturevalue(data), PUBLISHED_ORDERS[name][0]
    errors = [error(SAMPLERS[name], distribution, graded(count))[0] for count in COUNTS]
    assert fitted_order(COUNTS, errors) == pytest.approx(order, abs=0.3)
    assert errors[-1] < 0.05 / 20 ** (order - 1)


@pytest.mark.parametrize("order", [2, 3])
def test_dpm_adaptive_gains_as_its_order_says_from_steps_that_a_tolerance_costs(gaussian, order):
    sampler, counts, errors = SAMPLERS["dpm_adaptive"], [], []
    for tolerance in (1e-5, 1e-6, 1e-7) if order == 3 else (1e-3, 1e-4, 1e-5):
        tight = sampler.with_options(order=order, rtol=tolerance, atol=tolerance / 6, most_steps=10_000)
        reached, steps = error(tight, gaussian, graded(2))
        counts.append(steps)
        errors.append(reached)
    assert fitted_order(counts, errors) == pytest.approx(order, abs=0.3)


def test_lower_orders_of_the_multistep_methods(gaussian):
    for name, order, published in [("lms", 2, 2), ("lms", 3, 3), ("deis", 2, 2), ("uni_pc", 2, 3)]:
        sampler = SAMPLERS[name].with_options(order=order)
        errors = [error(sampler, gaussian, graded(count))[0] for count in COUNTS]
        assert fitted_order(COUNTS, errors) == pytest.approx(published, abs=0.3), (name, order)


def test_every_deterministic_sampler_is_judged():
    deterministic = {name for name, sampler in SAMPLERS.items() if sampler.noise is None}
    assert deterministic <= PUBLISHED_ORDERS.keys() <= SAMPLERS.keys()
