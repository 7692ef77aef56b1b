"""The ranges of samplers' options, as their signatures state them."""

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True)
class Between:
    """Both ends belong to the range."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        """Whether a value is allowed."""
        return self.low <= value <= self.high

    def __str__(self) -> str:
        """The range as people read it."""
        return f"{self.low:g} to {self.high:g}"


Eta = Annotated[float, Between(0, 1)]
"""How random a step is: 0 follows the ODE, 1 the reverse-time SDE."""

NoiseFactor = Annotated[float, Between(0, 2)]
"""What the noise of a step is multiplied by; above 1 makes up for detail that a model smooths away."""
