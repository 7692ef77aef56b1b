"""Nodes that the tests of the runtime run, and a workflow of them."""

import copy
from collections import Counter
from typing import Any

import numpy as np

from graphengine.authoring import Context, Seed, node
from graphengine.authoring.catalogue import Catalogue

CALLS: Counter[str] = Counter()
BROKEN: set[int] = set()


@node(category="test")
def mix(red: int = 1, text: str = "") -> int:
    """Mix."""
    CALLS["mix"] += 1
    return red


@node(category="test", output=True)
def paint(red: int, seed: Seed = 0, count: int = 1, *, context: Context) -> None:
    """Paint."""
    CALLS["paint"] += 1
    context.check_cancelled()
    if seed in BROKEN:
        raise RuntimeError("no paint")
    for number in range(count):
        context.output(np.full((20, 30, 3), red + number, dtype=np.uint8), seed=seed)


def ordered(low: int, high: int) -> None:
    if low > high:
        raise ValueError(f"low ({low}) is above high ({high})")


@node(category="test", validate=ordered)
def between(low: int = 0, high: int = 9) -> int:
    """Halve."""
    return (low + high) // 2


CATALOGUE = Catalogue.of(mix, paint, between)
_DOCUMENT: dict[str, Any] = {
    "format": "graphengine/1",
    "name": "paint it",
    "parameters": {"red": "mix.red", "text": "mix.text", "seed": "paint.seed"},
    "nodes": {
        "mix": {"type": "mix"},
        "paint": {"type": "paint", "inputs": {"red": {"from": "mix.value"}}},
    },
}


def document() -> dict[str, Any]:
    """A workflow to change."""
    return copy.deepcopy(_DOCUMENT)
