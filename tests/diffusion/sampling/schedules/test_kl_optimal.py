import math

import pytest
import torch

from graphengine.diffusion.sampling.continuous_levels import ContinuousLevels
from graphengine.diffusion.sampling.flow_levels import FlowLevels
from graphengine.diffusion.sampling.schedules import kl_optimal


def test_by_hand():
    # arctan 1 = pi/4, arctan tan(pi/12) = pi/12: between them is pi/6
    levels = ContinuousLevels(math.tan(math.pi / 12), 1.0, sigma_data=1.0)
    expected = torch.tensor([1, math.tan(math.pi / 6), math.tan(math.pi / 12), 0])
    torch.testing.assert_close(kl_optimal(levels, 3).values, expected)


def test_it_scales_with_the_data():
    one, half = ContinuousLevels(0.02, 40, sigma_data=1.0), ContinuousLevels(0.01, 20, sigma_data=0.5)
    torch.testing.assert_close(kl_optimal(half, 9).values, kl_optimal(one, 9).values / 2)


def test_of_a_flow_it_is_even_in_the_angle_between_signal_and_noise():
    t = kl_optimal(FlowLevels(3.0), 12).values[:-1].double()
    angles = torch.atan2(t, 1 - t)
    assert angles[0].item() == pytest.approx(math.pi / 2)
    torch.testing.assert_close(angles.diff(), angles.diff().mean().expand(11), rtol=1e-5, atol=0)
