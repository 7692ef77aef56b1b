"""What a multistep method remembers of its earlier steps, and the weights that it gives to them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

NEAREST = 0.01
"""Share of the coming step. Through points closer than that a polynomial follows their rounding."""


class History:
    """The latest values of a function along a run, newest first, at most `order` of them."""

    def __init__(self, order: int) -> None:
        if order < 1:
            raise ValueError(f"The order of a multistep method must be 1 or more, got {order}.")
        self.order = order
        self.times: list[float] = []
        self.values: list[Tensor] = []

    def add(self, time: float, value: Tensor, next_time: float) -> None:
        """Put a value before the others and forget those that lie too close for a step to `next_time`."""
        times, values = [time], [value]
        for past, its in zip(self.times, self.values, strict=True):
            if abs(past - times[-1]) > NEAREST * abs(next_time - time):
                times.append(past)
                values.append(its)
        self.times, self.values = times[: self.order], values[: self.order]


def weighted_sum(weights: Sequence[float], values: Sequence[Tensor]) -> Tensor:
    """The sum of w * value, over as many values as there are weights."""
    total = weights[0] * values[0]
    for weight, value in zip(weights[1:], values[1:], strict=False):
        total = total + weight * value
    return total


def gauss_legendre(start: float, end: float, points: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points between two limits and their weights, exact for polynomials of degree 2 points - 1."""
    places, weights = np.polynomial.legendre.leggauss(points)
    half = (end - start) / 2
    return start + half * (places + 1), half * weights


def lagrange_integrals(
    nodes: Sequence[float], points: NDArray[np.float64], weights: NDArray[np.float64]
) -> list[float]:
    """The integral of each Lagrange basis polynomial over `nodes`, by a quadrature rule."""
    integrals = []
    for j, node in enumerate(nodes):
        basis = np.ones_like(points)
        for k, other in enumerate(nodes):
            if k != j:
                basis = basis * (points - other) / (node - other)
        integrals.append(float(weights @ basis))
    return integrals
