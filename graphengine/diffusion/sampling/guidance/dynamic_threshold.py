"""Dynamic thresholding."""

from dataclasses import dataclass

import torch
from torch import Tensor

from graphengine.diffusion.sampling.guidance.rule import Rule, needs_unconditional
from graphengine.diffusion.sampling.passes import Point


@dataclass(frozen=True)
class DynamicThreshold:
    """Hold the guided x_0 within the range that guidance of a lower scale, `mimic_scale`, would reach.

    Each channel of an image is clipped, about its mean, at a percentile of its own absolute values and
    then scaled into the range. Source: Saharia et al. 2022, section 2.3, where the range is that of pixels,
    -1..1; latents have none of their own.
    """

    mimic_scale: float = 7.0
    percentile: float = 0.995

    title = "dynamic thresholding"

    def check(self, rule: Rule) -> None:
        """The lower scale needs an unconditional prediction."""
        if rule.unconditional is None:
            raise needs_unconditional("dynamic thresholding")

    def modify(self, guided: Tensor, point: Point) -> Tensor:
        """The x_0 within its range."""
        mimic = point.unconditional + self.mimic_scale * (point.positive - point.unconditional)
        mean = guided.mean((2, 3), keepdim=True)
        centred = guided - mean
        reach = largest(mimic - mimic.mean((2, 3), keepdim=True), 1.0)
        limit = torch.maximum(largest(centred, self.percentile), reach)
        # A channel that is the same everywhere has no range, and nothing to hold within it.
        scale = reach / limit.where(limit > 0, 1.0)
        return mean + centred.clamp(-limit, limit) * scale


def largest(values: Tensor, percentile: float) -> Tensor:
    """The percentile of each channel's absolute values: [b, c, h, w] in, [b, c, 1, 1] out, in float32."""
    return values.abs().flatten(2).float().quantile(percentile, dim=-1)[..., None, None].to(values)
