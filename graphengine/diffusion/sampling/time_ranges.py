"""When the parts of a conditioning count, in terms of sigma."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor

from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.diffusion.sampling.parts import Part
from graphengine.errors import GraphEngineError, mismatch

SLACK = 1 + 1e-5
"""A sigma that went to another scale and back is still the same one."""


class TimedPart(NamedTuple):
    """A part that counts where low < sigma <= high, in the steps that are in all of the ranges."""

    part: Part
    low: float
    high: float
    steps: tuple[range, ...]

    def active(self, sigma: float, step: int) -> bool:
        """Whether it counts at a noise level."""
        within = self.low * SLACK < sigma <= self.high * SLACK
        return within and self.part.strength > 0 and all(step in steps for steps in self.steps)


@dataclass(frozen=True)
class Resolved:
    """A conditioning for one run, with the name that it has in errors."""

    name: str
    parts: tuple[TimedPart, ...]
    starts: tuple[float, ...]
    """The noise levels that the steps but the first start from, times `direction`, so that they rise."""
    direction: int
    """1 for a run that leads to more noise, -1 for one that leads to less."""

    def active(self, sigma: float) -> list[Part]:
        """The parts that count at a noise level, which is in the last step that starts at or before it."""
        step = bisect_right(self.starts, self.direction * sigma * SLACK**self.direction)
        return [timed.part for timed in self.parts if timed.active(sigma, step)]


def resolve(name: str, parts: Sequence[Part], levels: NoiseLevels, sigmas: Tensor) -> Resolved:
    """Turn the time ranges of a conditioning into noise levels and steps of a run.

    name: of the input, for errors.
    sigmas: [steps + 1], falling or rising, of the whole run, also where only a piece of it is walked.
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
    direction = 1 if sigmas[-1] > sigmas[0] else -1
    resolved = Resolved(
        name,
        tuple(timed(part, levels, len(sigmas) - 1) for part in parts),
        tuple((direction * sigmas[1:-1]).tolist()),
        direction,
    )
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


def timed(part: Part, levels: NoiseLevels, count: int) -> TimedPart:
    """The times of a part in a run of `count` steps."""
    return TimedPart(
        part,
        sigma_at_share(part.end, levels),
        sigma_at_share(part.start, levels),
        tuple(
            range(step_at(steps.first, count), step_at(steps.last, count), steps.every)
            for steps in part.steps
        ),
    )


def sigma_at_share(share: float, levels: NoiseLevels) -> float:
    """The noise level at a share of the model's timesteps; the ends are beyond all of them."""
    if share <= 0:
        return math.inf
    if share >= 1:
        return -math.inf
    return levels.sigma_at(torch.tensor((1 - share) * (levels.timesteps - 1))).item()


def step_at(step: int | float | None, count: int) -> int:
    """A step, where it is a share of them, or None for the one after the last."""
    if step is None:
        return count
    return math.floor(round(step * count, 6)) if isinstance(step, float) else step  # 100 * 0.29 is below 29
