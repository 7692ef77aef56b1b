"""The pictures that `shapes` learns from: one coloured shape on a plain background."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import torch
from torch import Tensor

SIZE = 128
"""Height and width of a picture, in pixels."""

COLOURS = MappingProxyType(
    {
        "red": (220, 30, 35),
        "orange": (250, 140, 20),
        "yellow": (250, 225, 50),
        "green": (40, 160, 60),
        "blue": (40, 80, 220),
        "purple": (130, 50, 170),
        "pink": (250, 150, 190),
        "black": (15, 15, 15),
        "gray": (130, 130, 130),
        "white": (250, 250, 250),
    }
)
"""Red, green and blue of each colour, 0..255."""

RADII = MappingProxyType({"small": (15.0, 18.0), "medium": (23.0, 26.0), "large": (33.0, 36.0)})
"""Smallest and largest radius of each size, in pixels."""

CENTRES = (32.0, 64.0, 96.0)
"""Where the three columns and the three rows have their middle, in pixels."""


def circle(x: Tensor, y: Tensor, r: float) -> Tensor:
    """Distance to a circle of radius r."""
    return torch.hypot(x, y) - r


def square(x: Tensor, y: Tensor, r: float) -> Tensor:
    """Distance to a square whose corners reach a little beyond r, along the nearer axis."""
    return torch.maximum(x.abs(), y.abs()) - 0.86 * r


def triangle(x: Tensor, y: Tensor, r: float) -> Tensor:
    """Distance to the nearest edge line of an upright triangle of equal sides."""
    slope = math.cos(math.pi / 6) * x.abs() - 0.5 * (y - 0.15 * r)
    return torch.maximum(slope, y - 0.15 * r) - 0.6 * r


def diamond(x: Tensor, y: Tensor, r: float) -> Tensor:
    """Distance to the nearest edge line of a square that stands on a corner."""
    return (x.abs() + y.abs() - 1.1 * r) / math.sqrt(2)


def star(x: Tensor, y: Tensor, r: float) -> Tensor:
    """Distance to the edge line between a tip and a notch of a star with five tips, one of them up."""
    outer, inner, half = 1.12 * r, 0.48 * r, math.pi / 5
    angle = (torch.atan2(x, -y).remainder(2 * half) - half).abs()  # 0 at a notch, `half` at a tip
    distance = torch.hypot(x, y)
    along, across = distance * (half - angle).cos(), distance * (half - angle).sin()
    edge_along, edge_across = inner * math.cos(half) - outer, inner * math.sin(half)
    cross_product = (along - outer) * edge_across - across * edge_along
    return cross_product / math.hypot(edge_along, edge_across)


def cross(x: Tensor, y: Tensor, r: float) -> Tensor:
    """Distance to the nearer of an upright and a lying bar."""
    narrow, long = 0.34 * r, 1.02 * r
    upright = torch.maximum(x.abs() - narrow, y.abs() - long)
    return torch.minimum(upright, torch.maximum(x.abs() - long, y.abs() - narrow))


def ring(x: Tensor, y: Tensor, r: float) -> Tensor:
    """Distance to a ring with a hole of about half its radius."""
    return (torch.hypot(x, y) - 0.75 * r).abs() - 0.27 * r


SHAPES: MappingProxyType[str, Callable[[Tensor, Tensor, float], Tensor]] = MappingProxyType(
    {
        "circle": circle,
        "square": square,
        "triangle": triangle,
        "diamond": diamond,
        "star": star,
        "cross": cross,
        "ring": ring,
    }
)
"""Signed distance to the edge of each shape around the origin, negative inside; y points down."""

HELD_OUT = frozenset(
    (shape, list(COLOURS)[(3 * index + 4) % len(COLOURS)]) for index, shape in enumerate(SHAPES)
)
"""One colour of each shape that training never draws; obedience is measured on these."""


TRAINING_PAIRS = tuple(
    (shape, colour) for shape in SHAPES for colour in COLOURS if (shape, colour) not in HELD_OUT
)
"""Shapes with the colours that training draws them in."""


@dataclass(frozen=True)
class Picture:
    """What is to be seen in one picture."""

    shape: str
    colour: str
    size: str
    column: int
    """0 left, 1 middle, 2 right."""
    row: int
    """0 top, 1 middle, 2 bottom."""
    background: str
    radius: float
    """Pixels."""
    centre: tuple[float, float]
    """x to the right and y down, pixels from the top left corner."""


def imagine(random_source: random.Random, pairs: Sequence[tuple[str, str]]) -> Picture:
    """Choose what a picture shows; shape and colour come from `pairs`."""
    shape, colour = random_source.choice(pairs)
    size = random_source.choice(list(RADII))
    radius = random_source.uniform(*RADII[size])
    column, row = random_source.randrange(3), random_source.randrange(3)
    x, y = (
        min(max(CENTRES[cell] + random_source.uniform(-4, 4), radius + 3), SIZE - radius - 3)
        for cell in (column, row)
    )
    others = [other for other in COLOURS if other != colour]
    plain_white = colour != "white" and random_source.random() < 0.3
    background = "white" if plain_white else random_source.choice(others)
    return Picture(shape, colour, size, column, row, background, radius, (x, y))


def coverage(shape: str, radius: float, centre: tuple[float, float], size: int = SIZE) -> Tensor:
    """How much of each pixel a shape covers: [H, W] in 0..1."""
    position = torch.arange(size, dtype=torch.float32) + 0.5
    y, x = torch.meshgrid(position - centre[1], position - centre[0], indexing="ij")
    return (0.5 - SHAPES[shape](x, y, radius)).clamp(0, 1)


def draw(picture: Picture) -> Tensor:
    """Draw a picture with smooth edges: [3, H, W] in -1..1."""
    inside = coverage(picture.shape, picture.radius, picture.centre)
    front, back = (
        torch.tensor(COLOURS[name])[:, None, None] / 127.5 - 1
        for name in (picture.colour, picture.background)
    )
    return back + (front - back) * inside
