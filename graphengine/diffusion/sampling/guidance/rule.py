"""How the predictions for several conditionings become one."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from torch import Tensor

from graphengine.diffusion.sampling.parts import Parts
from graphengine.errors import GraphEngineError, mismatch

Predictions = Mapping[str, Tensor]
"""An x_0, [b, c, h, w], by the name of its conditioning."""

Combine = Callable[[Tensor, Tensor, Predictions], Tensor]
"""(x [b, c, h, w], sigma, predictions) -> the guided x_0."""

POSITIVE = "positive"
"""The name that every rule gives to what the picture should show."""


class Rule(Protocol):
    """What is predicted in a step, and how it is combined. A guider has exactly one."""

    @property
    def title(self) -> str:
        """Its name for people."""

    @property
    def conditionings(self) -> Mapping[str, Parts]:
        """By name, as errors tell it; `positive` among them."""

    @property
    def needed(self) -> Sequence[str]:
        """Those that the result depends on; the others are predicted only for what asks for them."""

    @property
    def unconditional(self) -> str | None:
        """The one that guidance leads away from; None where there is no such."""

    def begin(self, sigmas: Tensor) -> Combine:
        """Start a run through these noise levels, [steps + 1]; what the rule remembers stays in the run."""


def needs_unconditional(piece: str) -> GraphEngineError:
    """The error for a piece of guidance that a rule without an unconditional prediction can't serve."""
    return mismatch(
        "a guider with an unconditional prediction",
        "one without",
        kind="guidance",
        input="guider",
        hint=f"{piece} needs one: use cfg_guider",
    )
