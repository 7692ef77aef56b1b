"""What all schedules have in common."""

from collections.abc import Callable

import torch
from torch import Tensor

from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.diffusion.sampling.scale import Scale
from graphengine.diffusion.sampling.sigmas import Sigmas
from graphengine.errors import mismatch

Schedule = Callable[[NoiseLevels, int], Sigmas]
"""(what the model was trained on, steps) -> as many steps from much noise down to 0.

Raises GraphEngineError for steps that it can't have, and for a model that it doesn't suit.
"""


def check_steps(steps: int, most: int | None = None) -> None:
    """Raise GraphEngineError unless a schedule can have that many steps."""
    if steps < 1 or (most is not None and steps > most):
        limit = "1 or more" if most is None else f"between 1 and {most}"
        raise mismatch(f"{limit} for this schedule", str(steps), kind="bad_steps", input="steps")


def ramp(steps: int) -> Tensor:
    """From 0 to 1 in as many values, or 0 alone: [steps] float64."""
    return torch.linspace(0, 1, steps, dtype=torch.float64)


def ending_in_zero(values: Tensor, scale: Scale) -> Sigmas:
    """The levels in float32 with a last step down to no noise at all.

    Levels that float32 can't tell apart are moved down to the next number that it has.
    """
    levels = torch.cat([values, values.new_zeros(1)]).float()
    for index in range(1, len(levels) - 1) if (levels.diff() >= 0).any() else ():
        below = levels[index - 1].nextafter(levels.new_zeros(()))
        levels[index] = torch.minimum(levels[index], below)
    return Sigmas(levels, scale)
