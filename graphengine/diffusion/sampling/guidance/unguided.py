"""No guidance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from torch import Tensor

from graphengine.diffusion.sampling.guidance.rule import POSITIVE, Combine
from graphengine.diffusion.sampling.parts import Parts


@dataclass(frozen=True, eq=False)
class Unguided:
    """The model's own answer, as distilled models need it: they have learned guidance."""

    positive: Parts

    title = "no guidance"
    unconditional = None

    @property
    def conditionings(self) -> Mapping[str, Parts]:
        """The positive alone."""
        return {POSITIVE: self.positive}

    @property
    def needed(self) -> Sequence[str]:
        """The positive."""
        return (POSITIVE,)

    def begin(self, sigmas: Tensor) -> Combine:
        """Take the prediction as it is."""
        return lambda x, sigma, predictions: predictions[POSITIVE]
