"""The beta distribution's quantiles."""

import math

import torch
from torch import Tensor

BISECTIONS = 60
"""Each halves the error, which begins at 1/2."""
TERMS = 40
"""Of the continued fraction: enough for float64 where a and b are below 100."""


def beta_quantile(share: Tensor, a: float, b: float) -> Tensor:
    """The x that Beta(a, b) stays below with probability `share`: any shape in, float64 out, within 1e-14."""
    low, high = torch.zeros_like(share, dtype=torch.float64), torch.ones_like(share, dtype=torch.float64)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        too_low = regularised_incomplete_beta(middle, a, b) < share
        low, high = torch.where(too_low, middle, low), torch.where(too_low, high, middle)
    return torch.where(share <= 0, 0.0, torch.where(share >= 1, 1.0, (low + high) / 2))


def regularised_incomplete_beta(x: Tensor, a: float, b: float) -> Tensor:
    """I_x(a, b), the probability that Beta(a, b) stays below x in 0..1 (NIST DLMF, eq. 8.17.22).

    The continued fraction converges fast below the mean alone; above it, I_x(a, b) = 1 - I_1-x(b, a).
    """
    below = x < (a + 1) / (a + b + 2)
    first, second = x.new_tensor(a), x.new_tensor(b)
    p, q = torch.where(below, first, second), torch.where(below, second, first)
    y = torch.where(below, x, 1 - x)
    fraction = torch.ones_like(y)
    for m in range(TERMS, -1, -1):
        fraction = 1 - (p + m) * (p + q + m) * y / ((p + 2 * m) * (p + 2 * m + 1)) / fraction
        if m > 0:
            fraction = 1 + m * (q - m) * y / ((p + 2 * m - 1) * (p + 2 * m)) / fraction
    log_beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    tail = (p * y.log() + q * (-y).log1p() - log_beta).exp() / (p * fraction)
    return torch.where(below, tail, 1 - tail)
