"""The length of an adaptive solver's steps."""

import math
from dataclasses import dataclass, field


@dataclass
class StepControl:
    """A PID controller of the step length h (Soderlind 2003), with a smooth limit to how much h changes.

    pid: the proportional, integral and derivative shares; (0, 1, 0) looks at the last error alone.
    safety: a step after which h would fall below that share of itself is refused.
    """

    h: float
    order: int
    pid: tuple[float, float, float] = (0.0, 1.0, 0.0)
    safety: float = 0.81
    _inverse_errors: list[float] = field(default_factory=list)

    def accepts(self, error: float) -> bool:
        """Judge a step by its error, where 1 is the tolerance, and set `h` for the next try."""
        inverse = 1 / (min(error, 1e8) + 1e-8)
        errors = [inverse, *(self._inverse_errors or [inverse, inverse])]
        p, i, d = self.pid
        exponents = ((p + i + d) / self.order, -(p + 2 * d) / self.order, d / self.order)
        factor = math.prod(each**exponent for each, exponent in zip(errors, exponents, strict=True))
        factor = 1 + math.atan(factor - 1)
        self.h *= factor
        if factor < self.safety:
            self._inverse_errors = self._inverse_errors or errors[1:]
            return False
        self._inverse_errors = errors[:2]
        return True
