"""Classifier-free guidance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from torch import Tensor

from graphengine.diffusion.sampling.guidance.rule import POSITIVE, Combine, Predictions
from graphengine.diffusion.sampling.parts import Parts

NEGATIVE = "negative"


@dataclass(frozen=True, eq=False)
class ClassifierFree:
    """Lean towards one conditioning and away from another.

    Source: Ho & Salimans 2022, eq. 6, with their 1 + w as `scale`. At scale 1 the negative
    has no part in the result and is not computed.
    """

    positive: Parts
    negative: Parts
    scale: float

    title = "classifier-free guidance"
    unconditional = NEGATIVE

    @property
    def conditionings(self) -> Mapping[str, Parts]:
        """Positive and negative."""
        return {POSITIVE: self.positive, NEGATIVE: self.negative}

    @property
    def needed(self) -> Sequence[str]:
        """Both; at scale 1 the positive alone."""
        return (POSITIVE,) if self.scale == 1 else (POSITIVE, NEGATIVE)

    def begin(self, sigmas: Tensor) -> Combine:
        """Combine by the equation, the same way in every step."""
        return self.combine

    def combine(self, x: Tensor, sigma: Tensor, predictions: Predictions) -> Tensor:
        """From the negative's x_0 `scale` times the way to the positive's."""
        if self.scale == 1:
            return predictions[POSITIVE]
        positive, negative = predictions[POSITIVE], predictions[NEGATIVE]
        return negative + self.scale * (positive - negative)
