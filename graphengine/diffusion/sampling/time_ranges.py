"""When the parts of a conditioning count, in terms of sigma."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import torch
from torch import Tensor

from graphengine.diffusion.sampling.parts import Part
from graphengine.errors import GraphEngineError, mismatch

SLACK = 1 + 1e-5
"""A sigma that went to another scale and back is still the same one."""


class Levels(Protocol):
    """The noise levels that a model knows."""

    @property
    def sigmas(self) -> Tensor:
        """At each timestep, rising: [timesteps]."""

    def sigma_at(self, timestep: Tensor) -> Tensor:
        """At fractional timesteps."""


class TimedPart(NamedTuple):
    """A part that counts where below < sigma <= upto."""

    part: Part
    below: float
    upto: float

    def active(self, sigma: float) -> bool:
        """Whether it counts at a noise level."""
        return self.part.strength > 0 and self.below * SLACK < sigma <= self.upto * SLACK


@dataclass(frozen=True)
class Resolved:
    """A conditioning for one run: its parts in terms of sigma, and the name it has in errors."""

    name: str
    parts: tuple[TimedPart, ...]

    def active(self, sigma: float) -> list[Part]:
        """The parts that count at a noise level."""
        return [timed.part for timed in self.parts if timed.active(sigma)]


def resolve(name: str, parts: Sequence[Part], levels: Levels, sigmas: Tensor) -> Resolved:
    """Turn the time ranges of a conditioning into bounds of sigma.

    name: of the input, for errors.
    sigmas: [steps + 1], falling, of the whole run, also where only a piece of it is walked.
    Raises GraphEngineError for one that is empty, or that says nothing at some of the sigmas.
    """
    if not parts:
        raise mismatch(
            "a conditioning of one part or more",
            "an empty one",
            kind="empty_conditioning",
            input=name,
            hint="encode a text, be it an empty one",
        )
    resolved = Resolved(name, tuple(TimedPart(part, *bounds(part, levels, sigmas)) for part in parts))
    for index, sigma in enumerate(sigmas.tolist()):
        if sigma > 0 and not resolved.active(sigma):
            raise silent(name, f"in step {index + 1} of {len(sigmas) - 1} (sigma {sigma:.4g})")
    return resolved


def silent(name: str, where: str) -> GraphEngineError:
    """The error of a conditioning that leaves a place or a noise level without a prompt."""
    return mismatch(
        "a conditioning for every place and step",
        f"one without an active part {where}",
        kind="silent_conditioning",
        input=name,
        hint="combine it with a conditioning for the whole picture and run, be it of an empty text",
    )


def bounds(part: Part, levels: Levels, sigmas: Tensor) -> tuple[float, float]:
    """Between which sigmas a part counts: above the first of them, up to the second."""
    below, upto = [sigma_at_share(part.end, levels)], [sigma_at_share(part.start, levels)]
    for steps in part.steps:
        below.append(sigma_at_step(steps.last, sigmas))
        upto.append(sigma_at_step(steps.first, sigmas))
    return max(below), min(upto)


def sigma_at_share(share: float, levels: Levels) -> float:
    """The noise level at a share of the model's timesteps; the ends are beyond all of them."""
    if share <= 0:
        return math.inf
    if share >= 1:
        return -math.inf
    return levels.sigma_at(torch.tensor((1 - share) * (len(levels.sigmas) - 1))).item()


def sigma_at_step(step: int | float | None, sigmas: Tensor) -> float:
    """The noise level that a step starts from; the ends are beyond all of them."""
    count = len(sigmas) - 1
    if step is None:
        return -math.inf
    if isinstance(step, float):
        step = math.floor(round(step * count, 6))  # 100 * 0.29 is a little below 29
    if step <= 0:
        return math.inf
    return -math.inf if step >= count else sigmas[step].item()
