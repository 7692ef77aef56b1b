"""Sweeps: inputs that are given several values each, as a grid of points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

from graphengine.authoring.json_schema import show
from graphengine.errors import GraphEngineError

MOST_POINTS = 10_000
Coordinates = Mapping[str, Any]
"""The value on each axis of one point, by the names of the axes."""


@dataclass(frozen=True)
class Axis:
    """One direction of a grid.

    inputs: what each of these inputs, written `node.input`, is from point to point; as many values for each.
    """

    name: str
    inputs: Mapping[str, tuple[Any, ...]]

    @property
    def values(self) -> tuple[Any, ...]:
        """The values of the first input, which people know the points by."""
        return next(iter(self.inputs.values()))

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"name": self.name, "inputs": {place: list(values) for place, values in self.inputs.items()}}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Axis:
        """From the JSON form; raises ValueError for what is none."""
        inputs = data.get("inputs")
        if not isinstance(inputs, dict) or not all(isinstance(each, list) for each in inputs.values()):
            raise ValueError("an axis without its inputs")
        lengths = {len(each) for each in inputs.values()}
        if len(lengths) != 1 or 0 in lengths:
            raise ValueError("an axis whose inputs have different numbers of values, or none")
        return cls(str(data.get("name", "")), {place: tuple(values) for place, values in inputs.items()})


@dataclass(frozen=True)
class Place:
    """One point of a grid before it runs: its coordinates, and the settings that they mean."""

    coordinates: Coordinates
    settings: Mapping[str, Any]


def count_points(axes: Sequence[Axis]) -> int:
    """How many points the grid has; raises `GraphEngineError` for too many."""
    count = prod(len(axis.values) for axis in axes)
    if count > MOST_POINTS:
        sizes = " x ".join(f"{len(axis.values)} of '{axis.name}'" for axis in axes)
        raise GraphEngineError(
            f"expected a sweep of at most {MOST_POINTS:,} points, got {count:,}: {sizes}",
            kind="sweep",
            expected=f"at most {MOST_POINTS:,} points",
            got=f"{count:,}",
        )
    return count


def grid(axes: Sequence[Axis]) -> Iterator[Place]:
    """All points; the last axis varies fastest."""
    for numbers in product(*(range(len(axis.values)) for axis in axes)):
        chosen = tuple(zip(axes, numbers, strict=True))
        yield Place(
            {axis.name: axis.values[number] for axis, number in chosen},
            {place: values[number] for axis, number in chosen for place, values in axis.inputs.items()},
        )


def axis_values(name: str, values: Iterable[Any]) -> tuple[Any, ...]:
    """The values of an axis given in Python; raises `GraphEngineError` for a single one, or none."""
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
        got = show(values)
        expected = "several values, such as a list"
        raise GraphEngineError(
            f"axis '{name}': expected {expected}, got {got}", kind="sweep", expected=expected, got=got
        )
    found = tuple(values)
    if not found:
        raise GraphEngineError(
            f"axis '{name}': expected at least one value, got none",
            kind="sweep",
            expected="at least one value",
            got="none",
        )
    return found


def at(coordinates: Coordinates) -> str:
    """The coordinates in words: `seed=3, prompt='a red circle'`."""
    return ", ".join(f"{name}={show(value)}" for name, value in coordinates.items())
