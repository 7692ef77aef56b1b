"""A row of noise levels as a picture."""

import math
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont
from torch import Tensor

from graphengine.diffusion.sampling.sigmas import Sigmas

PAPER, GRID, INK, LINE = "white", (225, 225, 225), (60, 60, 60), (31, 95, 191)
LEFT, RIGHT, TOP, BOTTOM = 72, 20, 34, 52
"""Margins around the axes, in pixels."""
FONT = 14
DECADES = 0.5
"""How far below the least level above 0 a logarithmic axis draws 0, in powers of ten."""


def plot(sigmas: Sigmas, width: int, height: int, *, logarithmic: bool) -> Tensor:
    """The level after each step, as a line with a dot for each: [1, height, width, 3] in 0..1."""
    levels = sigmas.values.tolist()
    axis = Axis.logarithmic(levels) if logarithmic else Axis.linear(levels)
    picture = Image.new("RGB", (width, height), PAPER)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(FONT)
    right, bottom = width - RIGHT, height - BOTTOM

    def across(step: float) -> float:
        return LEFT + (right - LEFT) * step / max(1, sigmas.steps)

    def up(level: float) -> float:
        return bottom - (bottom - TOP) * axis.share(level)

    for level in axis.ticks:
        draw.line([(LEFT, up(level)), (right, up(level))], GRID)
        draw.text((LEFT - 8, up(level)), f"{level:g}", INK, font, anchor="rm")
    for step in whole_ticks(sigmas.steps, (right - LEFT) // 60):
        draw.line([(across(step), TOP), (across(step), bottom)], GRID)
        draw.text((across(step), bottom + 8), str(step), INK, font, anchor="mt")
    draw.line([(LEFT, TOP), (LEFT, bottom), (right, bottom)], INK)
    points = [(across(step), up(level)) for step, level in enumerate(levels)]
    draw.line(points, LINE, width=2)
    if sigmas.steps <= (right - LEFT) // 8:
        for x, y in points:
            draw.ellipse([x - 3, y - 3, x + 3, y + 3], LINE)
    name = "t" if sigmas.scale == "flow" else "sigma"
    draw.text((LEFT, TOP - 10), f"{name}, {levels[0]:.4g} to {levels[-1]:.4g}", INK, font, anchor="lb")
    draw.text(((LEFT + right) / 2, height - 8), "steps done", INK, font, anchor="mb")
    return torch.from_numpy(np.asarray(picture, dtype=np.float32) / 255)[None]


@dataclass(frozen=True)
class Axis:
    """Where levels are drawn, and which are named."""

    low: float
    high: float
    ticks: tuple[float, ...]
    logarithmic_from: float | None = None
    """The least level that has its logarithm; None on a linear axis."""

    @classmethod
    def linear(cls, levels: list[float]) -> "Axis":
        """From 0 up."""
        high = max(levels) or 1.0
        step = nice(high / 5)
        return cls(0.0, high, tuple(step * index for index in range(math.floor(high / step + 1e-9) + 1)))

    @classmethod
    def logarithmic(cls, levels: list[float]) -> "Axis":
        """Even in powers of ten; 0 is below all others."""
        above = [level for level in levels if level > 0] or [1.0]
        least, most = min(above), max(above)
        low, high = math.log10(least), max(math.log10(most), math.log10(least) + 0.1)
        digits = (1,) if high - low > 3 else (1, 2, 5)
        named = [
            digit * 10.0**power
            for power in range(math.floor(low), math.floor(high) + 1)
            for digit in digits
            if least * 0.999 <= digit * 10.0**power <= 10**high * 1.001
        ]
        zero = [0.0] if min(levels) == 0 else []
        return cls(low - DECADES * len(zero), high, (*zero, *named), least)

    def share(self, level: float) -> float:
        """How far up the axis a level is, 0..1."""
        if self.logarithmic_from is None:
            return (level - self.low) / (self.high - self.low)
        return 0.0 if level == 0 else (math.log10(level) - self.low) / (self.high - self.low)


def nice(value: float) -> float:
    """The next of 1, 2 and 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(digit * power for digit in (1, 2, 5, 10) if digit * power >= value * (1 - 1e-9))


def whole_ticks(last: int, most: int) -> range:
    """Whole numbers from 0 to `last`, about as many as `most`."""
    return range(0, last + 1, max(1, int(nice(max(1, last) / max(1, most)))))
