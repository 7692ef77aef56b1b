import math

import pytest
import torch
from torch.distributions import Laplace

from graphengine.diffusion.sampling.continuous_levels import ContinuousLevels
from graphengine.diffusion.sampling.flow_levels import FlowLevels
from graphengine.diffusion.sampling.schedules import laplace


@pytest.mark.parametrize(("mu", "beta"), [(0.0, 0.5), (1.5, 0.2), (-2.0, 2.0), (0.0, 0.05)])
def test_steps_take_equal_shares_of_the_distribution(mu, beta):
    levels = ContinuousLevels(0.05, 20)
    log_sigmas = laplace(levels, 9, mu, beta).values[:-1].double().log()
    shares = Laplace(torch.tensor(mu).double(), torch.tensor(beta).double()).cdf(log_sigmas)
    # Far out, where hardly any probability is, float32 sigmas tell nothing of it.
    torch.testing.assert_close(shares.diff(), shares.diff().mean().expand(8), rtol=1e-4, atol=1e-6)


def test_the_formula_of_the_paper_in_the_middle():
    # A range so wide that next to nothing is cut off: sigma = exp(mu - b sgn(x - 1/2) log(1 - 2|x - 1/2|))
    sigmas = laplace(ContinuousLevels(1e-12, 1e12), 5, mu=0.3, beta=0.5).values
    expected = torch.tensor([0.3 + 0.5 * math.log(2), 0.3, 0.3 - 0.5 * math.log(2)]).exp()
    torch.testing.assert_close(sigmas[1:4], expected, rtol=1e-5, atol=0)


def test_of_a_flow_it_is_dense_where_noise_and_signal_are_even():
    sigmas = laplace(FlowLevels(), 5).values
    assert sigmas[2].item() == pytest.approx(0.5, abs=1e-3)
    t = sigmas[1:4]
    assert torch.allclose((t / (1 - t)).log(), torch.tensor([0.5, 0, -0.5]) * math.log(2), atol=2e-3)


@pytest.mark.parametrize("mu", [-10.0, 10.0])
@pytest.mark.parametrize("beta", [0.05, 10.0])
def test_around_a_level_that_the_model_does_not_know_it_is_as_around_its_last(mu, beta):
    levels = ContinuousLevels(0.05, 20)
    sigmas = laplace(levels, 9, mu, beta).values
    assert sigmas[0].item() == pytest.approx(20) and sigmas[-2].item() == pytest.approx(0.05)
    nearest = math.log(20) if mu > 0 else math.log(0.05)
    torch.testing.assert_close(sigmas, laplace(levels, 9, nearest, beta).values)
