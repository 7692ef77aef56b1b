import pytest
import torch
from diffusers.schedulers import AysSchedules

from graphengine.diffusion.sampling.continuous_levels import ContinuousLevels
from graphengine.diffusion.sampling.schedules import align_your_steps
from graphengine.errors import GraphEngineError

WIDE = ContinuousLevels(0.002, 700)
DIFFUSERS = {
    "sd1": "StableDiffusionSigmas",
    "sdxl": "StableDiffusionXLSigmas",
    "svd": "StableDiffusionVideoSigmas",
}


@pytest.mark.parametrize("family", DIFFUSERS)
def test_ten_steps_are_the_published_ones(family):
    expected = torch.tensor(AysSchedules[DIFFUSERS[family]])
    torch.testing.assert_close(align_your_steps(WIDE, 10, family).values, expected)


def test_twenty_steps_put_a_geometric_mean_between_each_two(noise_schedule):
    ten, twenty = (align_your_steps(noise_schedule, steps).values for steps in (10, 20))
    torch.testing.assert_close(twenty[:-1:2], ten[:-1])
    torch.testing.assert_close(twenty[1:-2:2], (ten[:-2] * ten[1:-1]).sqrt())
    assert twenty[-2].item() == pytest.approx((0.152 * 0.029) ** 0.5)


def test_a_table_that_begins_above_the_models_noise_is_refused(noise_schedule):
    with pytest.raises(GraphEngineError, match=r"begins at sigma 700, and the model's noise ends at"):
        align_your_steps(noise_schedule, 10, "svd")
