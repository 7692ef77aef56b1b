import pytest
import torch

from graphengine.diffusion.sampling.schedules import turbo
from graphengine.errors import GraphEngineError


@pytest.mark.parametrize(
    ("steps", "strength", "timesteps"),
    [
        (1, 1.0, [999]),
        (4, 1.0, [999, 899, 799, 699]),
        (1, 0.5, [499]),
        (2, 0.3, [299, 199]),
        (0, 0.0, []),
    ],
)
def test_levels_are_the_first_of_ten(noise_schedule, steps, strength, timesteps):
    sigmas = turbo(noise_schedule, steps, strength).values
    torch.testing.assert_close(sigmas[:-1], noise_schedule.sigmas[timesteps], rtol=1e-5, atol=0)


def test_there_are_no_more_steps_than_levels_below_the_start(noise_schedule):
    with pytest.raises(GraphEngineError, match="between 1 and 3 for this schedule, got 4"):
        turbo(noise_schedule, 4, 0.3)
