"""The contexts of several prompts as the one that a call of the network takes."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from graphengine.errors import mismatch


class Contexts:
    """Joins contexts, and gives the very same tensor again where the same ones are joined again.

    So whoever keeps what the network makes of a context (its keys and values) can know it by identity.
    Lives as long as one run.
    dtype: precision of the network; None leaves the contexts as they are.
    """

    def __init__(self, dtype: torch.dtype | None = None) -> None:
        self._dtype = dtype
        self._joined: dict[tuple[object, ...], tuple[Tensor, Sequence[Tensor]]] = {}

    def join(self, contexts: Sequence[Tensor], images: int, device: torch.device) -> Tensor:
        """One context after the other, each for all images: [(contexts images), t, d].

        contexts: [1, t, d] or [images, t, d] each. Shorter ones are repeated whole, to the least common
        length: attention to the same tokens twice is attention to them once, so nothing changes by it.
        """
        key = (*map(id, contexts), images, device)
        if key not in self._joined:
            tokens = math.lcm(*(context.shape[1] for context in contexts))
            rows = [
                for_each_image(context, images).repeat(1, tokens // context.shape[1], 1)
                for context in contexts
            ]
            # The contexts are kept too: the id of one that is gone may become another's.
            self._joined[key] = torch.cat(rows).to(device, self._dtype), tuple(contexts)
        return self._joined[key][0]


def for_each_image(context: Tensor, images: int) -> Tensor:
    """A context [1, t, d] or [b, t, d] as [b, t, d], with no copy."""
    if len(context) not in (1, images):
        raise mismatch(
            f"a conditioning for 1 picture or for {images}",
            f"one for {len(context)} pictures",
            kind="conditioning_batch",
        )
    return context.expand(images, -1, -1)
