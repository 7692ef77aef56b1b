"""Brownian motion that can be asked for at any time, and has one path for any number of steps."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from graphengine.diffusion.sampling.keyed_normal import keyed_normal

LEVELS = 14
"""Halvings of an octave of time, below which the path is a straight line."""

Node = tuple[int, int, int]
"""Octave k, [2^k, 2^(k+1)) of time; level; index of the interval within the level. Level -1 is the octave."""


@dataclass(frozen=True)
class BrownianPath:
    """A virtual Brownian tree (Li et al. 2020, section 4): nothing is stored, each node is drawn by its key.

    Time t > 0 is cut into octaves, each into halves and halves again. W is the Levy-Ciesielski sum of each
    node's normal numbers times the hat function of its interval, so an increment is a weighted sum of nodes,
    2 * LEVELS of them at most and one more per octave in between.
    """

    seed: int
    shape: Sequence[int]

    def increment(self, start: float, end: float) -> Tensor:
        """W(end) - W(start), of variance |end - start|; start, end > 0."""
        moved = torch.zeros(tuple(self.shape))
        for node, weight in increment_weights(start, end).items():
            moved.add_(keyed_normal(self.shape, self.seed, "brownian", *node), alpha=weight)
        return moved

    def unit_increment(self, start: float, end: float) -> Tensor:
        """W(end) - W(start) as a standard normal; a draw of its own where no float lies between the two."""
        deviation = math.hypot(*increment_weights(start, end).values())
        if deviation == 0:
            return keyed_normal(self.shape, self.seed, "brownian", start, end)
        return self.increment(start, end) / deviation


def increment_weights(start: float, end: float) -> dict[Node, float]:
    """What W(end) - W(start) takes of each node of the tree; nodes that both ends share are taken once."""
    if start > end:
        return {node: -weight for node, weight in increment_weights(end, start).items()}
    weights: dict[Node, float] = {}
    for octave in range(octave_of(start), octave_of(end) + 1):
        length = 2.0**octave
        begin, finish = (min(max(time / length - 1, 0.0), 1.0) for time in (start, end))
        add(weights, (octave, -1, 0), (finish - begin) * math.sqrt(length))
        for position, sign in ((begin, -1), (finish, 1)):
            for level in range(LEVELS):
                index, within = divmod(position * 2**level, 1.0)
                hat = (1 - abs(2 * within - 1)) * math.sqrt(length / 2**level) / 2
                add(weights, (octave, level, int(index)), sign * hat)
    return weights


def octave_of(time: float) -> int:
    """The k with 2^k <= time < 2^(k + 1)."""
    if not 0 < time < math.inf:
        raise ValueError(f"A path has times above 0, got {time}.")
    return math.frexp(time)[1] - 1


def add(weights: dict[Node, float], node: Node, weight: float) -> None:
    """Take more of a node, unless that is nothing."""
    if weight != 0:
        weights[node] = weights.get(node, 0.0) + weight
