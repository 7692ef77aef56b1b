import pytest
import torch

from graphengine.diffusion.sampling.flow_levels import FlowLevels
from graphengine.diffusion.sampling.schedules import karras, normal
from graphengine.diffusion.sampling.sigma_editing import flip
from graphengine.diffusion.sampling.sigma_plot import LINE, Axis, plot, whole_ticks
from graphengine.diffusion.sampling.sigmas import Sigmas


def line_heights(picture):
    """Mean row of the line's colour in each column that has some, as a share from the top."""
    line = (picture - torch.tensor(LINE) / 255).abs().sum(-1) < 0.01
    rows = torch.arange(picture.shape[0])[:, None].expand_as(line)
    columns = line.any(0)
    return ((rows * line).sum(0)[columns] / line.sum(0)[columns]).float()


@pytest.mark.parametrize("logarithmic", [False, True])
@pytest.mark.parametrize("steps", [1, 20, 1000])
def test_a_falling_row_is_drawn_falling_and_a_rising_one_rising(noise_schedule, steps, logarithmic):
    sigmas = karras(noise_schedule, steps)
    picture = plot(sigmas, 480, 320, logarithmic=logarithmic)
    assert picture.shape == (1, 320, 480, 3)
    assert picture.min() >= 0 and picture.max() == 1
    heights = line_heights(picture[0])
    assert len(heights) > 300
    assert heights[-1] - heights[0] > 180
    risen = line_heights(plot(flip(sigmas), 480, 320, logarithmic=logarithmic)[0])
    assert risen[0] - risen[-1] > 180


def test_single_levels_are_drawn(noise_schedule):
    for level in (0.0, 1.0):
        for logarithmic in (False, True):
            assert plot(Sigmas(torch.tensor([level])), 240, 180, logarithmic=logarithmic).min() < 0.5


def test_the_same_levels_on_the_other_axis_look_different(noise_schedule):
    sigmas = normal(FlowLevels(), 20)
    assert not torch.equal(
        plot(sigmas, 300, 200, logarithmic=False), plot(sigmas, 300, 200, logarithmic=True)
    )


def test_ticks_are_round_numbers():
    assert Axis.linear([14.6, 0]).ticks == pytest.approx((0, 5, 10))
    assert Axis.linear([1.0, 0]).ticks == pytest.approx((0, 0.2, 0.4, 0.6, 0.8, 1))
    assert Axis.logarithmic([14.6, 0.03, 0]).ticks == pytest.approx((0, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10))
    assert Axis.logarithmic([700, 0.002]).ticks == pytest.approx((0.01, 0.1, 1, 10, 100))
    assert list(whole_ticks(20, 6)) == [0, 5, 10, 15, 20]
    assert list(whole_ticks(1, 6)) == [0, 1]


def test_the_axis_goes_from_the_least_level_to_the_most():
    linear, logarithmic = Axis.linear([10.0, 2, 0]), Axis.logarithmic([10.0, 0.1])
    assert [linear.share(level) for level in (0, 5, 10)] == [0, 0.5, 1]
    assert [logarithmic.share(level) for level in (0.1, 1, 10)] == pytest.approx([0, 0.5, 1])
