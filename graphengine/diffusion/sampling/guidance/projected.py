"""Adaptive projected guidance."""

from dataclasses import dataclass

from torch import Tensor

from graphengine.diffusion.sampling.guidance.classifier_free import NEGATIVE, ClassifierFree
from graphengine.diffusion.sampling.guidance.projection import inner, share_along
from graphengine.diffusion.sampling.guidance.rule import POSITIVE, Combine, Predictions


@dataclass(frozen=True, eq=False)
class Projected(ClassifierFree):
    """APG: high scales without oversaturation (Sadat et al. 2024, algorithm 1, on x_0 as there).

    eta: how much the part of the difference along the positive counts: 1 is classifier-free guidance.
    norm_threshold: the most length that the difference of an image may have; 0 is any.
    momentum: share of the differences before that is added; below 0 it damps what they have in common.
    """

    eta: float = 0.0
    norm_threshold: float = 15.0
    momentum: float = -0.5

    title = "adaptive projected guidance"

    def begin(self, sigmas: Tensor) -> Combine:
        """Start with no differences before."""
        average: Tensor | None = None

        def combine(x: Tensor, sigma: Tensor, predictions: Predictions) -> Tensor:
            nonlocal average
            positive = predictions[POSITIVE]
            if self.scale == 1:
                return positive
            difference = positive - predictions[NEGATIVE]
            average = difference if average is None else difference + self.momentum * average
            update = self.projected(self.shortened(average), positive)
            return positive + (self.scale - 1) * update

        return combine

    def shortened(self, difference: Tensor) -> Tensor:
        """At most `norm_threshold` long."""
        if self.norm_threshold == 0:
            return difference
        length = inner(difference, difference).sqrt()
        return difference * (self.norm_threshold / length.clamp(min=self.norm_threshold)).to(difference)

    def projected(self, difference: Tensor, positive: Tensor) -> Tensor:
        """With eta of the part along the positive."""
        along = share_along(difference, positive) * positive
        return difference - along + self.eta * along
