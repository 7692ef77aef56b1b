"""Cut, join, turn round and refine rows of noise levels."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import Literal, NamedTuple

import torch
from torch import Tensor

from graphengine.diffusion.sampling.sigmas import Sigmas
from graphengine.errors import GraphEngineError, mismatch

Spacing = Literal["linear", "log", "cosine", "sine"]

FIRST_SHARE = 0.01
"""Small enough to leave a picture as it is, large enough that float32 tells its noise from it."""


class Halves(NamedTuple):
    """Two rows that share the level where they were cut."""

    high: Sigmas
    """The first steps."""
    low: Sigmas
    """The last steps."""


def split(sigmas: Sigmas, step: int) -> Halves:
    """Cut after `step` steps, 0 to all of them; a half may be a single level, with no step in it."""
    if not 0 <= step <= sigmas.steps:
        raise no_such_step("step", f"0 to {sigmas.steps}, the number of steps", step)
    values = sigmas.values
    return Halves(replace(sigmas, values=values[: step + 1]), replace(sigmas, values=values[step:]))


def cut_out(sigmas: Sigmas, start_step: int, end_step: int) -> Sigmas:
    """The steps from `start_step`, counted from 0, up to `end_step`; beyond the last means up to the last."""
    if not 0 <= start_step < sigmas.steps:
        limit = f"0 to {sigmas.steps - 1}" if sigmas.steps else "sigmas with a step in them"
        raise no_such_step("start_step", f"{limit}, for there are {sigmas.steps} steps", start_step)
    if end_step <= start_step:
        raise no_such_step("end_step", f"more than start_step, {start_step}", end_step)
    return replace(sigmas, values=sigmas.values[start_step : end_step + 1])


def flip(sigmas: Sigmas) -> Sigmas:
    """From the last level to the first, to lead a picture back to noise.

    In the place of 0 they begin at a share FIRST_SHARE of the next level.
    """
    values = sigmas.values.flip(0)
    if sigmas.steps > 0 and values[0] == 0:
        values[0] = FIRST_SHARE * values[1]
    return replace(sigmas, values=values)


def extend(
    sigmas: Sigmas, between: int, spacing: Spacing, start_step: int = 0, end_step: int = 10_000
) -> Sigmas:
    """Put `between` more levels into each step from `start_step` up to `end_step`.

    linear: evenly. log: evenly in log sigma, where neither level is 0. cosine: denser towards the later
    level. sine: denser towards the earlier.
    """
    chosen = cut_out(sigmas, start_step, end_step).values.double()
    shares = torch.arange(between + 1, dtype=torch.float64) / (between + 1)
    fine = [SPACINGS[spacing](*pair, shares) for pair in pairwise(chosen)]
    before, after = sigmas.values[:start_step], sigmas.values[start_step + len(chosen) - 1 :]
    return replace(sigmas, values=torch.cat([before, *(each.float() for each in fine), after]))


def concatenate(first: Sigmas, second: Sigmas) -> Sigmas:
    """One row after another; a level that ends one and begins the other is kept once."""
    second.check_scale(first.scale)
    shared = bool(first.values[-1] == second.values[0])
    return replace(first, values=torch.cat([first.values, second.values[shared:]]))


def set_first(sigmas: Sigmas, sigma: float) -> Sigmas:
    """Another first level, so that the first step is longer or shorter."""
    return replace(sigmas, values=torch.cat([torch.tensor([sigma]), sigmas.values[1:]]))


def rescale(sigmas: Sigmas, first: float, last: float) -> Sigmas:
    """Stretched evenly, so that the row begins and ends at other levels."""
    if sigmas.steps == 0:
        raise no_such_step("sigmas", "at least one step", 0)
    share = (sigmas.values - sigmas.values[0]) / (sigmas.values[-1] - sigmas.values[0])
    return replace(sigmas, values=torch.lerp(torch.tensor(first), torch.tensor(last), share))


def linear(start: Tensor, end: Tensor, share: Tensor) -> Tensor:
    """Evenly from start to end."""
    return torch.lerp(start, end, share)


def log(start: Tensor, end: Tensor, share: Tensor) -> Tensor:
    """Evenly in the logarithm, or simply evenly where an end has none."""
    if min(start, end) == 0:
        return linear(start, end, share)
    return torch.lerp(start.log(), end.log(), share).exp()


def cosine(start: Tensor, end: Tensor, share: Tensor) -> Tensor:
    """A quarter of a cosine wave: slowing down."""
    return torch.lerp(start, end, (share * math.pi / 2).sin())


def sine(start: Tensor, end: Tensor, share: Tensor) -> Tensor:
    """A quarter of a sine wave: speeding up."""
    return torch.lerp(start, end, 1 - (share * math.pi / 2).cos())


SPACINGS: Mapping[Spacing, Callable[[Tensor, Tensor, Tensor], Tensor]] = MappingProxyType(
    {"linear": linear, "log": log, "cosine": cosine, "sine": sine}
)


def no_such_step(input: str, expected: str, got: int) -> GraphEngineError:
    """The error of a number of steps that these sigmas don't have."""
    return mismatch(expected, str(got), kind="bad_steps", input=input)
