"""Samplers that no other library has, or whose formula is checked best by hand."""

import math

import pytest
import torch

from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.diffusion.sampling.samplers.deis import vp_time

SIGMAS = torch.tensor([9.0, 5.0, 2.0, 0.5], dtype=torch.float64)


def path(name, denoise, sigmas, **options):
    x = sigmas[0] * torch.randn(1, 2, 4, 4, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    sampler = SAMPLERS[name].with_options(**options)
    return [x, *(step.x for step in sampler.method(denoise, x, sigmas, NoiseSource([0])))]


def slope(distribution, x, sigma):
    return (x - distribution.denoise(x, sigma)) / sigma


def test_heunpp2_weighs_slopes_ahead_by_their_level(mixture):
    x, first, second, third = path("heunpp2", mixture.denoise, SIGMAS)
    a, b, c, end = SIGMAS
    d = slope(mixture, x, a)
    x_b = x + (b - a) * d
    d_b = slope(mixture, x_b, b)
    d_c = slope(mixture, x_b + (c - b) * d_b, c)
    w_b, w_c = b / (3 * a), c / (3 * a)
    torch.testing.assert_close(first, x + (b - a) * ((1 - w_b - w_c) * d + w_b * d_b + w_c * d_c))
    d = slope(mixture, first, b)
    d_c = slope(mixture, first + (c - b) * d, c)
    w_c = c / (2 * a)
    torch.testing.assert_close(second, first + (c - b) * ((1 - w_c) * d + w_c * d_c))
    torch.testing.assert_close(third, second + (end - c) * slope(mixture, second, c))


def test_gradient_estimation_corrects_by_the_noise_before(mixture):
    x, first, second, _ = path("gradient_estimation", mixture.denoise, SIGMAS)
    before, now = slope(mixture, x, SIGMAS[0]), slope(mixture, first, SIGMAS[1])
    torch.testing.assert_close(first, x + (SIGMAS[1] - SIGMAS[0]) * before)
    torch.testing.assert_close(second, first + (SIGMAS[2] - SIGMAS[1]) * (2 * now - before))


def test_gradient_estimation_with_gamma_1_is_euler(mixture):
    torch.testing.assert_close(
        path("gradient_estimation", mixture.denoise, SIGMAS, gamma=1.0),
        path("euler", mixture.denoise, SIGMAS),
    )


def test_res_multistep_has_the_papers_weights(mixture):
    x, first, second, _ = path("res_multistep", mixture.denoise, SIGMAS)
    before, now = mixture.denoise(x, SIGMAS[0]), mixture.denoise(first, SIGMAS[1])
    h, c_2 = math.log(5 / 2), -math.log(9 / 5) / math.log(5 / 2)
    phi_1 = -math.expm1(-h) / h
    phi_2 = (1 - phi_1) / h
    expected = 2 / 5 * first + h * ((phi_1 - phi_2 / c_2) * now + phi_2 / c_2 * before)
    torch.testing.assert_close(second, expected)


def test_equal_steps_make_ipndm_and_ipndm_v_one_method(mixture):
    sigmas = torch.linspace(9, 0.5, 12, dtype=torch.float64)
    torch.testing.assert_close(
        path("ipndm", mixture.denoise, sigmas), path("ipndm_v", mixture.denoise, sigmas)
    )
    unequal = path("ipndm", mixture.denoise, SIGMAS)[-1] - path("ipndm_v", mixture.denoise, SIGMAS)[-1]
    assert unequal.abs().max() > 1e-2


def test_deis_of_order_1_is_ddim_and_its_time_is_the_sdes(mixture):
    torch.testing.assert_close(
        path("deis", mixture.denoise, SIGMAS, order=1), path("ddim", mixture.denoise, SIGMAS)
    )
    for t in (0.0, 1e-3, 0.5, 1.0):  # the integral of beta, from Song et al. 2021, appendix C
        assert vp_time(math.sqrt(math.expm1(0.1 * t + 19.9 * t**2 / 2))) == pytest.approx(t, abs=1e-12)


def test_deis_is_exact_where_the_noise_is_linear_in_time():
    def denoise(x, sigma):
        return x - sigma * torch.as_tensor(vp_time(sigma.numpy()))

    fine = torch.linspace(5, 0.5, 2_000_001, dtype=torch.float64)
    _, first, _, third = path("deis", denoise, SIGMAS, order=2)
    expected = first + torch.trapezoid(torch.from_numpy(vp_time(fine.numpy())), fine)
    torch.testing.assert_close(third, expected, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("name", ["uni_pc", "uni_pc_bh2"])
def test_uni_pc_of_order_1_predicts_by_ddim_and_corrects_by_the_mean_of_the_ends(mixture, name):
    x, first, second, _ = path(name, mixture.denoise, SIGMAS, order=1)
    h = math.log(9 / 5)
    b = h if name == "uni_pc" else -math.expm1(-h)
    start, end = mixture.denoise(x, SIGMAS[0]), mixture.denoise(first, SIGMAS[1])
    torch.testing.assert_close(first, 5 / 9 * x + 4 / 9 * start)
    corrected = first + b / 2 * (end - start)
    torch.testing.assert_close(second, 2 / 5 * corrected + 3 / 5 * end)
