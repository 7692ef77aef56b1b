"""Perpendicular negative prompts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from torch import Tensor

from graphengine.diffusion.sampling.guidance.classifier_free import NEGATIVE
from graphengine.diffusion.sampling.guidance.projection import share_along
from graphengine.diffusion.sampling.guidance.rule import POSITIVE, Combine, Predictions
from graphengine.diffusion.sampling.parts import Parts

EMPTY = "empty"


@dataclass(frozen=True, eq=False)
class PerpendicularNegative:
    """Lean away only from what the negative has at right angles to the positive.

    So the two may overlap. Source: Armandpour et al. 2023, section 4, with one negative of weight
    `negative_scale`; `empty` is the conditioning that says nothing.
    """

    positive: Parts
    negative: Parts
    empty: Parts
    scale: float
    negative_scale: float

    title = "perpendicular negative guidance"
    unconditional = EMPTY

    @property
    def conditionings(self) -> Mapping[str, Parts]:
        """All three."""
        return {POSITIVE: self.positive, NEGATIVE: self.negative, EMPTY: self.empty}

    @property
    def needed(self) -> Sequence[str]:
        """Those that count: at negative_scale 0 it is classifier-free guidance, at scale 0 none."""
        if self.scale == 1 and self.negative_scale == 0:
            return (POSITIVE,)
        return (POSITIVE, EMPTY) if self.negative_scale == 0 else (POSITIVE, NEGATIVE, EMPTY)

    def begin(self, sigmas: Tensor) -> Combine:
        """Combine by the equation, the same way in every step."""
        return self.combine

    def combine(self, x: Tensor, sigma: Tensor, predictions: Predictions) -> Tensor:
        """Empty + scale (towards - negative_scale * away), where away is perpendicular to towards."""
        if len(self.needed) == 1:
            return predictions[POSITIVE]
        empty = predictions[EMPTY]
        towards = predictions[POSITIVE] - empty
        if self.negative_scale == 0:
            return empty + self.scale * towards
        away = predictions[NEGATIVE] - empty
        away = away - share_along(away, towards) * towards
        return empty + self.scale * (towards - self.negative_scale * away)
