"""Weights of exponential integrators for estimates of x_0."""

import math
from collections.abc import Sequence

import numpy as np

from graphengine.diffusion.sampling.samplers.history import gauss_legendre, lagrange_integrals

POINTS = 16
"""Of the quadrature: enough for float64 where sigma falls by less than a factor of e^12 in a step."""


def data_weights(nodes: Sequence[float], start: float, end: float) -> list[float]:
    """How much each estimate of x_0 counts in a step of the ODE's exact solution in lambda = -log sigma.

    That is x(end) = e^(start - end) x(start) + integral of e^(s - end) x_0(s) ds (Lu et al. 2022b,
    proposition 4.1), where the polynomial through the estimates at `nodes` stands for x_0(s).
    """
    points, weights = gauss_legendre(start, end, POINTS)
    return lagrange_integrals(nodes, points, weights * np.exp(points - end))


def log_level(sigma: float) -> float:
    """Lambda, infinite at sigma 0."""
    return -math.log(sigma) if sigma > 0 else math.inf
