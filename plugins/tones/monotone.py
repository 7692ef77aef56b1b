"""A smooth curve through points that never swings beyond them."""

from collections.abc import Sequence

import torch
from torch import Tensor


def interpolate(points: Sequence[Sequence[float]], x: Tensor) -> Tensor:
    """The curve through (x, y) points at the places x, any shape; level before the first and after the last.

    Cubic pieces with the slopes of Steffen 1990, which are 0 at extremes. web/_monotone.js draws the same.
    """
    xs = torch.tensor([place for place, _ in points], dtype=torch.float64)
    ys = torch.tensor([value for _, value in points], dtype=torch.float64)
    widths = xs.diff()
    secants = ys.diff() / widths
    slopes = torch.empty_like(xs)
    slopes[0], slopes[-1] = secants[0], secants[-1]
    left, right, before, after = widths[:-1], widths[1:], secants[:-1], secants[1:]
    middle = (before * right + after * left) / (left + right)
    least = torch.minimum(torch.minimum(before.abs(), after.abs()), middle.abs() / 2)
    slopes[1:-1] = (before.sign() + after.sign()) * least

    at = x.double().clamp(xs[0], xs[-1])
    piece = (torch.searchsorted(xs, at.contiguous(), right=True) - 1).clamp(0, len(widths) - 1)
    h, t = widths[piece], (at - xs[piece]) / widths[piece]
    value = (
        (2 * t**3 - 3 * t**2 + 1) * ys[piece]
        + (t**3 - 2 * t**2 + t) * h * slopes[piece]
        + (3 * t**2 - 2 * t**3) * ys[piece + 1]
        + (t**3 - t**2) * h * slopes[piece + 1]
    )
    return value.to(x.dtype)
