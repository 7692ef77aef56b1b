import pytest
import torch

from graphengine.diffusion.sampling.sigmas import Sigmas


@pytest.mark.parametrize(
    ("strength", "kept"), [(1.0, 10), (0.75, 8), (0.7, 7), (0.5, 5), (0.1, 1), (0.01, 1), (0.0, 0)]
)
def test_strength_keeps_the_last_steps(strength, kept):
    sigmas = Sigmas(torch.arange(10, -1, -1.0))
    truncated = sigmas.truncate(strength)
    assert truncated.steps == kept
    assert torch.equal(truncated.values, torch.arange(kept, -1, -1.0))


def test_strength_is_not_thrown_off_by_rounding():
    assert 100 * 0.07 > 7
    assert Sigmas(torch.arange(100, -1, -1.0)).truncate(0.07).steps == 7


@pytest.mark.parametrize("strength", [-0.1, 1.1, float("nan")])
def test_strength_outside_0_to_1_is_refused(strength):
    with pytest.raises(ValueError, match="between 0 and 1"):
        Sigmas(torch.tensor([1.0, 0.0])).truncate(strength)


@pytest.mark.parametrize(
    "values", [[0.0, 1.0], [1.0, 1.0, 0.0], [1.0, -1.0], [float("nan"), 0.0], [float("inf"), 0.0]]
)
def test_levels_that_do_not_fall_to_zero_or_above_are_refused(values):
    with pytest.raises(ValueError, match="must fall"):
        Sigmas(torch.tensor(values))


@pytest.mark.parametrize("shape", [(0,), (2, 2), ()])
def test_anything_but_a_row_is_refused(shape):
    with pytest.raises(ValueError, match="a row"):
        Sigmas(torch.zeros(shape))
