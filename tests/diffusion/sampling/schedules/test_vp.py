import math

import pytest
import torch

from graphengine.diffusion.sampling.continuous_levels import ContinuousLevels
from graphengine.diffusion.sampling.schedules import vp


def sigma_at(time, beta_d=19.9, beta_min=0.1):
    return math.sqrt(math.expm1(beta_d * time**2 / 2 + beta_min * time))


def test_by_hand():
    levels = ContinuousLevels(sigma_at(0.2), sigma_at(1.0))
    expected = torch.tensor([sigma_at(1.0), sigma_at(0.6), sigma_at(0.2), 0])
    torch.testing.assert_close(vp(levels, 3).values, expected, rtol=1e-5, atol=0)


@pytest.mark.k_diffusion
@pytest.mark.parametrize(("beta_d", "beta_min"), [(19.9, 0.1), (10.0, 1.0)])
def test_it_agrees_with_k_diffusion_over_the_same_range(k_diffusion, beta_d, beta_min):
    expected = k_diffusion.get_sigmas_vp(25, beta_d, beta_min)
    levels = ContinuousLevels(expected[-2].item(), expected[0].item())
    torch.testing.assert_close(vp(levels, 25, beta_d, beta_min).values, expected, rtol=2e-4, atol=0)
