"""The path's covariances are exact sums over the tree, so most of them need no draws."""

import math
from itertools import pairwise

import pytest
import torch

from graphengine.diffusion.sampling.brownian import BrownianPath, increment_weights

TIMES = [1e-6, 0.004, 0.0047, 0.3, 1.0, 1.7, 2.0, 55.0, 1e7]


def covariance(one, other):
    first, second = increment_weights(*one), increment_weights(*other)
    return sum(weight * second.get(node, 0.0) for node, weight in first.items())


@pytest.mark.parametrize(("start", "end"), list(pairwise(TIMES)))
def test_an_increment_has_the_variance_of_its_length(start, end):
    # the straight pieces at the leaves are what is missing
    assert covariance((start, end), (start, end)) == pytest.approx(end - start, rel=1e-3)


def test_increments_over_disjoint_intervals_are_independent():
    intervals = list(pairwise(TIMES))
    for index, one in enumerate(intervals):
        for other in intervals[index + 1 :]:
            lengths = (one[1] - one[0]) * (other[1] - other[0])
            assert abs(covariance(one, other)) / math.sqrt(lengths) < 1e-3


def test_steps_of_a_thousandth_still_are_nearly_independent():
    times = [1.3 * 1.001**step for step in range(200)]
    for start, middle, end in zip(times, times[1:], times[2:], strict=False):
        correlation = covariance((start, middle), (middle, end)) / math.sqrt(
            (middle - start) * (end - middle)
        )
        assert abs(correlation) < 0.02


def test_neighbouring_increments_add_up():
    path = BrownianPath(5, (4, 16, 16))
    whole = path.increment(0.004, 55.0)
    torch.testing.assert_close(
        path.increment(0.004, 1.7) + path.increment(1.7, 55.0), whole, rtol=1e-5, atol=1e-5
    )
    torch.testing.assert_close(path.increment(55.0, 0.004), -whole)


@pytest.mark.parametrize("count", [1, 2, 7, 100])
def test_the_path_is_the_same_for_any_number_of_steps(count):
    path = BrownianPath(5, (2, 4, 4))
    times = torch.logspace(-2, 2, count + 1, dtype=torch.float64).tolist()
    walked = sum(path.increment(start, end) for start, end in pairwise(times))
    torch.testing.assert_close(walked, path.increment(0.01, 100.0), rtol=1e-5, atol=1e-4)


@pytest.mark.parametrize(
    ("start", "end"), [(0.3, 55.0), (1.0, 1.0001), (1.0, math.nextafter(1.0, 2)), (1.0, 1.0), (2.0, 1.0)]
)
def test_a_unit_increment_is_standard_normal(start, end):
    drawn = BrownianPath(1, (4, 64, 64)).unit_increment(start, end)
    count = drawn.numel()
    assert abs(drawn.mean().item()) < 3 / count**0.5
    assert abs(drawn.var().item() - 1) < 3 * (2 / count) ** 0.5


@pytest.mark.parametrize("time", [0.0, -1.0, math.inf, math.nan])
def test_times_that_no_path_has_are_refused(time):
    with pytest.raises(ValueError, match="times above 0"):
        increment_weights(time, time)
