"""Attention itself, which has no weights: on the CPU in slices that take a fraction of a second each."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

SLICE = 4e9
"""Floating-point operations of a slice: a few tenths of a second on one core."""


class Attend(nn.Module):
    """Scaled dot-product attention; a module, so that each call of it can be hooked."""

    def forward(self, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        """q: [b, n, t, d]; k, v: [b, n, t', d]. Returns [b, n, t, d]."""
        return functional.scaled_dot_product_attention(q, k, v)


def attend_in_slices(attend: Attend, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """The same; on the CPU a slice of the queries at a time, where all at once would take long."""
    length = slice_length(q, k) if q.device.type == "cpu" else q.shape[-2]
    if length >= q.shape[-2]:
        return attend(q, k, v)  # type: ignore[no-any-return]
    return torch.cat([attend(part, k, v) for part in q.split(length, dim=-2)], dim=-2)


def slice_length(q: Tensor, k: Tensor) -> int:
    """How many queries make a slice."""
    operations = 4 * math.prod(q.shape[:-2]) * k.shape[-2] * q.shape[-1]  # of one query
    return max(1, int(SLICE / max(1, operations)))
