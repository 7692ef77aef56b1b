"""CFG-Zero*."""

from dataclasses import dataclass

from torch import Tensor

from graphengine.diffusion.sampling.guidance.classifier_free import NEGATIVE, ClassifierFree
from graphengine.diffusion.sampling.guidance.projection import share_along
from graphengine.diffusion.sampling.guidance.rule import POSITIVE, Combine, Predictions
from graphengine.errors import mismatch


@dataclass(frozen=True, eq=False)
class ZeroStar(ClassifierFree):
    """Classifier-free guidance from the unconditional slope at its best length, and none in the first steps.

    The slope is (x - x_0) / sigma: flow matching's velocity, the noise in other models.
    Source: Fan et al. 2025, algorithm 1; zero_init: steps in which x stays as it is.
    """

    zero_init: int = 1

    title = "CFG-Zero*"

    def begin(self, sigmas: Tensor) -> Combine:
        """Find where the first steps end. Raises GraphEngineError where no others follow."""
        steps = len(sigmas) - 1
        if self.zero_init and self.zero_init >= steps:
            raise mismatch(
                f"a run of more than the {self.zero_init} first steps that CFG-Zero* leaves as they are",
                f"one of {steps}",
                kind="zero_init",
                hint="lower the guider's zero_init, or take more steps",
            )
        falling = sigmas.sort(descending=True).values  # a run that leads back to noise meets them last
        until = falling[self.zero_init].item() if self.zero_init else float("inf")

        def combine(x: Tensor, sigma: Tensor, predictions: Predictions) -> Tensor:
            return x if sigma.item() > until else self.combine(x, sigma, predictions)

        return combine

    def combine(self, x: Tensor, sigma: Tensor, predictions: Predictions) -> Tensor:
        """Classifier-free guidance on slopes, the negative's shortened to what is in the positive's of it."""
        positive = predictions[POSITIVE]
        if self.scale == 1:
            return positive
        # Times sigma, so that there is nothing to divide by where sigma is 0.
        towards, away = x - positive, x - predictions[NEGATIVE]
        away = share_along(towards, away) * away
        return x - (away + self.scale * (towards - away))
