"""What a guider may have besides its rule: terms that are added, and changes to the result."""

from collections.abc import Callable
from typing import Protocol

from torch import Tensor

from graphengine.diffusion.sampling.guidance.interval import Interval
from graphengine.diffusion.sampling.guidance.rule import Rule
from graphengine.diffusion.sampling.passes import Passes, Point

StartedTerm = Callable[[Point], Callable[[], Tensor]]
"""Called before the predictions at a point; what it returns makes the term, [b, c, h, w], after them."""


class Term(Protocol):
    """Something added to the guided x_0, for which the network is asked once more; in any order."""

    @property
    def interval(self) -> Interval:
        """When it is added."""

    def check(self, rule: Rule) -> None:
        """Raise GraphEngineError for a rule that it can't be added to."""

    def begin(self, passes: Passes) -> StartedTerm:
        """Start a run. Raises GraphEngineError for a network that it can't work with."""


class Modifier(Protocol):
    """A change to the guided x_0, after all terms; several are made in the order in which they were added."""

    @property
    def title(self) -> str:
        """Its name for people."""

    def check(self, rule: Rule) -> None:
        """Raise GraphEngineError for a rule whose result it can't change."""

    def modify(self, guided: Tensor, point: Point) -> Tensor:
        """The changed x_0, [b, c, h, w]."""
