"""The noise levels that a sampler passes through."""

import math
from dataclasses import dataclass

from torch import Tensor


@dataclass(frozen=True, eq=False)
class Sigmas:
    """Noise levels, [steps + 1], falling and never negative; the last is 0 for a finished picture.

    They stay on the CPU, so that no step waits for a device to tell what its sigma is.
    """

    values: Tensor

    def __post_init__(self) -> None:
        """Refuse what no sampler can follow."""
        if self.values.ndim != 1 or len(self.values) == 0 or self.values.device.type != "cpu":
            raise ValueError(
                "Sigmas are a row of one or more numbers on the CPU, "
                f"got shape {tuple(self.values.shape)} on {self.values.device}."
            )
        if not self.values.isfinite().all() or self.values[-1] < 0 or (self.values.diff() >= 0).any():
            raise ValueError(
                f"Sigmas must fall from step to step and end at 0 or above, got {self.values.tolist()}."
            )

    @property
    def steps(self) -> int:
        """How many steps lead from the first level to the last."""
        return len(self.values) - 1

    def truncate(self, strength: float) -> "Sigmas":
        """The last steps alone, a share `strength` of them rounded up, to change a picture in part.

        1 keeps all and 0 none, which leaves the one sigma at the end.
        """
        if not 0 <= strength <= 1:
            raise ValueError(f"A strength lies between 0 and 1, got {strength}.")
        kept = math.ceil(round(self.steps * strength, 6))  # 100 * 0.07 is a little above 7
        return Sigmas(self.values[self.steps - kept :])
