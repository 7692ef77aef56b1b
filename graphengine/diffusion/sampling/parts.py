"""What a part of a conditioning tells: a prompt, and where and when it counts beside others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from torch import Tensor


class Area(Protocol):
    """A rectangle of a picture."""

    @property
    def left(self) -> float:
        """In units, as all of these."""

    @property
    def top(self) -> float:
        """From the upper edge."""

    @property
    def width(self) -> float:
        """Above 0."""

    @property
    def height(self) -> float:
        """Above 0."""

    @property
    def unit(self) -> str:
        """`pixels`, or `shares` of the picture's width and height."""


class Mask(Protocol):
    """A batch of masks."""

    @property
    def pixels(self) -> Tensor:
        """[1, H, W] or [b, H, W] in 0..1."""


class Steps(Protocol):
    """Steps of a run: ints count from 0, floats are shares of all of them."""

    @property
    def first(self) -> int | float:
        """The first of them."""

    @property
    def last(self) -> int | float | None:
        """The first after them; None where they go to the end."""

    @property
    def every(self) -> int:
        """1 for all between, 2 for every second, and so on."""


class Part(Protocol):
    """One prompt, and where and when it counts beside others."""

    @property
    def context(self) -> Tensor:
        """[1, t, d], or [b, t, d] with one for each image."""

    @property
    def strength(self) -> float:
        """0 or more; it doesn't count at 0."""

    @property
    def area(self) -> Area | None:
        """None is the whole picture."""

    @property
    def mask(self) -> Mask | None:
        """None is 1 everywhere."""

    @property
    def start(self) -> float:
        """Share of the model's noise levels from which it counts; 0 is pure noise."""

    @property
    def end(self) -> float:
        """Share of the model's noise levels up to which it counts; 1 is no noise."""

    @property
    def steps(self) -> Sequence[Steps]:
        """Within all of which it counts."""


Parts = Sequence[Part]
"""A conditioning."""


@dataclass(frozen=True, eq=False)
class Prompt:
    """The plainest part: a prompt that counts everywhere and all the time."""

    context: Tensor
    strength: float = 1.0
    area: Area | None = None
    mask: Mask | None = None
    start: float = 0.0
    end: float = 1.0
    steps: Sequence[Steps] = ()
