"""Guidance by two conditionings at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from torch import Tensor

from graphengine.diffusion.sampling.guidance.classifier_free import NEGATIVE
from graphengine.diffusion.sampling.guidance.rule import POSITIVE, Combine, Predictions
from graphengine.diffusion.sampling.parts import Parts

SECOND = "second"


@dataclass(frozen=True, eq=False)
class Dual:
    """Lean from the negative to the second conditioning, and from there to the positive, each by its scale.

    regular: negative + second_scale (second - negative) + scale (positive - second), as Brooks et al. 2023,
    eq. 3, have it. nested: the way to the positive is walked first, and where it ends is what is leant to.
    """

    positive: Parts
    second: Parts
    negative: Parts
    scale: float
    second_scale: float
    style: Literal["regular", "nested"] = "regular"

    title = "dual guidance"
    unconditional = NEGATIVE

    @property
    def conditionings(self) -> Mapping[str, Parts]:
        """All three."""
        return {POSITIVE: self.positive, SECOND: self.second, NEGATIVE: self.negative}

    @property
    def weights(self) -> Mapping[str, float]:
        """How much each prediction counts in the sum; 1 in all."""
        positive = self.scale * (1 if self.style == "regular" else self.second_scale)
        return {
            POSITIVE: positive,
            SECOND: self.second_scale - positive,
            NEGATIVE: 1 - self.second_scale,
        }

    @property
    def needed(self) -> Sequence[str]:
        """The positive, and of the others those that count."""
        return [name for name, weight in self.weights.items() if weight or name == POSITIVE]

    def begin(self, sigmas: Tensor) -> Combine:
        """Combine by the equation, the same way in every step."""
        return self.combine

    def combine(self, x: Tensor, sigma: Tensor, predictions: Predictions) -> Tensor:
        """The weighted sum."""
        weighted = [self.weights[name] * predictions[name] for name in self.needed]
        return sum(weighted[1:], start=weighted[0])
