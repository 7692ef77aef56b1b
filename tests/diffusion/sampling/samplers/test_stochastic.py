"""What ties samplers with noise in their steps to others, to their formulas, and to themselves."""

import math

import numpy as np
import pytest
import torch

from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.diffusion.sampling.samplers.er_sde import noise_scale, taylor_weights
from graphengine.diffusion.sampling.schedules import karras
from tests.diffusion.sampling.unguided_pair import UnguidedPair

STOCHASTIC = [name for name, sampler in SAMPLERS.items() if sampler.noise is not None]
REMEMBER = {
    "dpmpp_2m_sde",
    "dpmpp_2m_sde_heun",
    "dpmpp_3m_sde",
    "er_sde",
    "res_multistep_ancestral",
    "sa_solver",
}
"""What they do depends on earlier steps."""


def reached(name, data, sigmas, kind=None, start=None, **options):
    """x after each step, in float64."""
    sampler = SAMPLERS[name].with_options(**options)
    noise = NoiseSource([3, 4], kind or sampler.noise or "fresh")
    x = sigmas[0] * noise.like(torch.zeros(2, 4, 8, 8)).double() if start is None else start
    return [step.x for step in sampler.method(UnguidedPair(data.denoise), x, sigmas, noise)]


@pytest.mark.parametrize(
    ("name", "options", "other", "other_options"),
    [
        ("euler_ancestral", {"eta": 0.0}, "euler", {}),
        ("ddim", {}, "euler", {}),
        ("ddpm", {}, "ddim", {"eta": 1.0}),
        ("ddpm", {}, "euler_ancestral", {}),
        ("dpm_2_ancestral", {"eta": 0.0}, "dpm_2", {}),
        ("dpmpp_2m_sde", {"eta": 0.0}, "dpmpp_2m", {}),
        ("dpmpp_2m_sde_heun", {"eta": 0.0}, "res_multistep", {}),
        ("res_multistep_ancestral", {"eta": 0.0}, "res_multistep", {}),
        ("sa_solver", {"tau": 0.0}, "uni_pc", {"order": 3}),
        ("sa_solver", {"tau": 0.0, "predictor_order": 2, "corrector_order": 3}, "uni_pc", {"order": 2}),
        ("seeds_2", {"eta": 0.0}, "dpmpp_2s_ancestral", {"eta": 0.0}),
        ("tcd", {"gamma": 1.0}, "lcm", {}),
        ("tcd", {"gamma": 0.0}, "euler", {}),
    ],
)
def test_methods_that_are_the_same_mathematics_agree(
    mixture, noise_schedule, name, options, other, other_options
):
    sigmas = karras(noise_schedule, 12).values.double()
    actual = reached(name, mixture, sigmas, **options)
    expected = reached(other, mixture, sigmas, **other_options)
    torch.testing.assert_close(torch.stack(actual), torch.stack(expected), rtol=1e-9, atol=1e-9)


def test_seeds_2_is_dpmpp_sde_where_both_walk_one_path(mixture, noise_schedule):
    # its noises of two parts make up the noise of the whole as two increments of a path do
    sigmas = karras(noise_schedule, 12).values.double()
    actual = reached("seeds_2", mixture, sigmas, kind="brownian")
    expected = reached("dpmpp_sde", mixture, sigmas, kind="brownian")
    torch.testing.assert_close(torch.stack(actual), torch.stack(expected), rtol=1e-2, atol=1e-2)


@pytest.mark.parametrize("name", [name for name in STOCHASTIC if SAMPLERS[name].noise == "brownian"])
def test_a_picture_settles_as_steps_are_added(mixture, noise_schedule, name):
    def last(steps, kind):
        return reached(name, mixture, karras(noise_schedule, steps).values.double(), kind=kind)[-1]

    coarse, fine, finer = (last(steps, "brownian") for steps in (25, 100, 200))
    assert (fine - finer).square().mean().sqrt() < 0.1 * mixture.variance**0.5
    assert (coarse - finer).square().mean().sqrt() < 0.5 * mixture.variance**0.5
    apart = (last(100, "fresh") - last(200, "fresh")).square().mean().sqrt()
    assert apart > mixture.variance**0.5  # as two pictures are that have nothing to do with each other


@pytest.mark.parametrize("name", [name for name in STOCHASTIC if name not in REMEMBER])
def test_a_run_in_two_parts_is_the_same_bit_for_bit(mixture, noise_schedule, name):
    sigmas = karras(noise_schedule, 10).values.double()
    whole = reached(name, mixture, sigmas)
    first = reached(name, mixture, sigmas[:5])
    second = reached(name, mixture, sigmas[4:], start=first[-1])
    assert all(torch.equal(x, y) for x, y in zip(whole, [*first, *second], strict=True))


@pytest.mark.parametrize("name", STOCHASTIC)
def test_noise_is_in_proportion_to_s_noise(gaussian, noise_schedule, name):
    if "s_noise" not in SAMPLERS[name].options:
        pytest.skip("has no such option")
    sigmas = karras(noise_schedule, 6).values.double()[:-1]  # the data is Gaussian: all steps are linear
    none, half, full = (reached(name, gaussian, sigmas, s_noise=share)[-1] for share in (0.0, 0.5, 1.0))
    assert (full - none).std() > 0.1
    torch.testing.assert_close(half - none, (full - none) / 2, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(("sigma", "next_sigma"), [(14.6, 9.0), (1.0, 0.7), (0.1, 0.029), (14.6, 0.029)])
def test_the_weights_of_er_sde_are_the_integrals_of_taylors_formula(sigma, next_sigma):
    # x(next) / phi(next) = x / phi(sigma) + the integral of x_0 phi' / phi^2, for x_0 = (s - sigma)^k / k!
    places, weights = np.polynomial.legendre.leggauss(80)
    half = math.log(sigma / next_sigma) / 2
    s = next_sigma * np.exp(half * (places + 1))
    phi = s * (np.exp(s**0.3) + 10)
    slope = np.exp(s**0.3) * (1 + 0.3 * s**0.3) + 10
    for k, weight in enumerate(taylor_weights(sigma, next_sigma), start=1):
        x_0 = (s - sigma) ** k / math.factorial(k)
        integral = (half * weights * s * x_0 * slope / phi**2).sum()
        assert weight == pytest.approx(noise_scale(next_sigma) * integral, rel=1e-8)
