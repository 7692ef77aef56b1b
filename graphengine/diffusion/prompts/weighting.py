"""How the weight of a word becomes a change of its vector."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import torch
from torch import Tensor

Weighting = Callable[[Tensor, Tensor, Tensor], Tensor]
"""(vectors of a chunk [1, t, d], those of the empty prompt [1, t, d], weights [t]) -> vectors [1, t, d]"""


def from_empty(encoded: Tensor, empty: Tensor, weights: Tensor) -> Tensor:
    """Move each vector away from, or towards, that of the empty prompt at its place.

    Changes the weighted words alone; at weight 0 a word says what no word says.
    """
    moved = torch.lerp(empty, encoded, weights[:, None])
    return torch.where(weights[:, None] == 1, encoded, moved)


def keep_mean(encoded: Tensor, empty: Tensor, weights: Tensor) -> Tensor:
    """Multiply each vector, then all of them alike, so that their mean is what it was."""
    multiplied = encoded * weights[:, None]
    return multiplied * (encoded.mean() / multiplied.mean())


WEIGHTINGS: Mapping[str, Weighting] = MappingProxyType({"from_empty": from_empty, "keep_mean": keep_mean})
