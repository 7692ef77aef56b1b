import math

import pytest
import torch

from graphengine.diffusion.sampling.samplers.exponential import data_weights, log_level
from graphengine.diffusion.sampling.samplers.history import (
    History,
    gauss_legendre,
    lagrange_integrals,
    weighted_sum,
)


def filled(order, times, next_time):
    history = History(order)
    for time, after in zip(times, [*times[1:], next_time], strict=True):
        history.add(time, torch.tensor(time), after)
    return history


def test_the_latest_values_come_first_and_the_oldest_go():
    history = filled(3, [10.0, 8.0, 6.0, 4.0], 2.0)
    assert history.times == [4.0, 6.0, 8.0]
    assert [value.item() for value in history.values] == history.times


def test_a_value_too_close_for_the_coming_step_is_forgotten():
    assert filled(3, [10.0, 6.0, 6.0 - 1e-6], 4.0).times == [6.0 - 1e-6, 10.0]
    assert filled(3, [10.0, 6.0, 6.0 - 1e-6], 6.0 - 2e-6).times == [6.0 - 1e-6, 6.0, 10.0]
    assert filled(2, [6.0, 6.0], 6.0).times == [6.0]


def test_an_order_below_1_is_refused():
    with pytest.raises(ValueError, match="must be 1 or more, got 0"):
        History(0)


@pytest.mark.parametrize("degree", range(6))
def test_gauss_legendre_is_exact_to_its_degree(degree):
    points, weights = gauss_legendre(3.0, -1.0, points=3)
    assert weights @ points**degree == pytest.approx(
        ((-1) ** (degree + 1) - 3 ** (degree + 1)) / (degree + 1)
    )


def test_equal_steps_have_the_weights_of_adams_and_bashforth():
    integrals = lagrange_integrals([0.0, -1.0, -2.0, -3.0], *gauss_legendre(0.0, 1.0, points=2))
    assert integrals == pytest.approx([55 / 24, -59 / 24, 37 / 24, -9 / 24], rel=1e-12)


def test_weights_of_x_0_are_those_of_the_phi_functions():
    h, h_before = 0.7, 0.4
    phi_1 = -math.expm1(-h) / h
    phi_2 = (1 - phi_1) / h
    before = -h * phi_2 * h / h_before
    assert data_weights([0.0], 0.0, h) == pytest.approx([h * phi_1], rel=1e-12)
    expected = [h * phi_1 - before, before]
    assert data_weights([2.0, 2.0 - h_before], 2.0, 2.0 + h) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("h", [1e-14, 1e-7, 1e-2, 1.0, 12.0])
def test_weights_of_x_0_add_up_to_its_share_for_short_and_long_steps(h):
    weights = data_weights([0.0, -h / 2, -2 * h], 0.0, h)
    assert sum(weights) == pytest.approx(-math.expm1(-h), rel=1e-9)


def test_lambda_is_infinite_at_0():
    assert log_level(0.0) == math.inf
    assert log_level(math.e) == pytest.approx(-1)


def test_as_many_values_are_summed_as_there_are_weights():
    values = [torch.tensor([1.0]), torch.tensor([10.0]), torch.tensor([100.0])]
    assert weighted_sum([2.0, 3.0], values) == 32
