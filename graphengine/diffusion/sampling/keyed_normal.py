"""Random numbers that are found by a key instead of being drawn in turn."""

import hashlib
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor


def keyed_normal(shape: Sequence[int], *key: int | float | str) -> Tensor:
    """Standard normal numbers in float32 on the CPU, a function of the key alone.

    The key goes through BLAKE2 into NumPy's PCG64, as torch's CPU generator uses 32 bits of a seed.
    """
    digest = hashlib.blake2b(repr(key).encode(), digest_size=16).digest()
    generator = np.random.Generator(np.random.PCG64(int.from_bytes(digest)))
    return torch.from_numpy(generator.standard_normal(tuple(shape), dtype=np.float32))
