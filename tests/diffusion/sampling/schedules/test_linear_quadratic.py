import pytest
import torch
from diffusers.pipelines.mochi.pipeline_mochi import linear_quadratic_schedule

from graphengine.diffusion.sampling.flow_levels import FlowLevels
from graphengine.diffusion.sampling.schedules import linear_quadratic


@pytest.mark.parametrize("steps", [2, 5, 30, 64])
@pytest.mark.parametrize("threshold", [0.025, 0.1])
def test_it_agrees_with_diffusers(steps, threshold):
    expected = torch.tensor([*linear_quadratic_schedule(steps, threshold), 0.0])
    ours = linear_quadratic(FlowLevels(), steps, threshold).values
    torch.testing.assert_close(ours, expected, rtol=1e-5, atol=1e-6)


def test_of_other_models_it_is_a_share_of_their_most_noise(noise_schedule):
    flow = linear_quadratic(FlowLevels(), 12).values
    torch.testing.assert_close(linear_quadratic(noise_schedule, 12).values, noise_schedule.sigma_max * flow)
