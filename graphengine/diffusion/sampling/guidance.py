"""Classifier-free guidance: a denoiser that leans towards one text and away from another."""

from dataclasses import dataclass

import torch
from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoiser


@dataclass(frozen=True)
class Guidance:
    """A denoiser bound to its texts (Ho & Salimans 2022, with their 1 + w as `scale`).

    positive, negative: contexts, [1, t, d] for all images or [b, t, d]. At scale 1 the negative has no part
    in the result and is not computed. Contexts of one shape go through the network together.
    """

    denoiser: Denoiser
    positive: Tensor
    negative: Tensor
    scale: float

    def __call__(self, x: Tensor, sigma: Tensor) -> Tensor:
        """x: [b, c, h, w]; sigma: 0-d. Returns the guided x_0."""
        positive = for_each_image(self.positive, x)
        if self.scale == 1:
            return self.denoiser(x, sigma, positive)
        negative = for_each_image(self.negative, x)
        if positive.shape == negative.shape:
            both = self.denoiser(torch.cat([x, x]), sigma, torch.cat([positive, negative]))  # 2b c h w
            towards, away = both.chunk(2)
        else:
            towards, away = self.denoiser(x, sigma, positive), self.denoiser(x, sigma, negative)
        return away + self.scale * (towards - away)


def for_each_image(context: Tensor, x: Tensor) -> Tensor:
    """A context [1, t, d] or [b, t, d] as [b, t, d], with no copy."""
    if len(context) not in (1, len(x)):
        raise ValueError(
            f"A conditioning for {len(context)} images cannot guide a batch of {len(x)}: give 1 or {len(x)}."
        )
    return context.expand(len(x), -1, -1)
