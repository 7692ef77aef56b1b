"""A denoiser with its guidance, for one run."""

from collections.abc import Sequence

import torch
from torch import Tensor

from graphengine.diffusion.sampling.guidance.interval import ALWAYS, Interval
from graphengine.diffusion.sampling.guidance.pieces import Modifier, Term
from graphengine.diffusion.sampling.guidance.rule import POSITIVE, Rule
from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.diffusion.sampling.passes import Passes, Point
from graphengine.diffusion.sampling.run_network import RunNetwork


class Guided:
    """What samplers call in a run: (x, sigma) -> the guided x_0. What guidance remembers goes with it.

    x: [b, c, h, w]; sigma: 0-d, on the CPU. The rule combines predictions, to which the terms are added and
    which the modifiers change; outside of the interval the positive prediction is all.
    Raises GraphEngineError, before the first step, for what the run can't do with.
    """

    def __init__(
        self,
        passes: Passes,
        terms: Sequence[Term] = (),
        modifiers: Sequence[Modifier] = (),
        interval: Interval = ALWAYS,
    ) -> None:
        passes.resolve(passes.rule.needed)
        self._passes = passes
        self._denoiser = passes.network.denoiser()
        self._combine = passes.rule.begin(passes.sigmas)
        self._terms = [(term.interval, term.begin(passes)) for term in terms]
        self._modifiers = modifiers
        self._interval = interval

    def __call__(self, x: Tensor, sigma: Tensor) -> Tensor:
        """The guided x_0, [b, c, h, w]."""
        return self._guide(self._point(x, sigma))

    def _point(self, x: Tensor, sigma: Tensor) -> Point:
        return Point(self._passes, self._denoiser, x, sigma)

    def _guide(self, point: Point, besides: Sequence[str] = ()) -> Tensor:
        """The guided x_0; the predictions of the names in `besides` are made with the others."""
        levels, sigma = self._passes.levels, point.sigma
        if not self._interval.holds(levels, sigma):
            return point.predict([POSITIVE, *besides])[POSITIVE]
        terms = [at(point) for interval, at in self._terms if interval.holds(levels, sigma)]
        predictions = point.predict([*self._passes.rule.needed, *besides])
        guided = self._combine(point.x, sigma, predictions)
        for term in terms:
            guided = guided + term()
        for modifier in self._modifiers:
            guided = modifier.modify(guided, point)
        return guided


class GuidedPair(Guided):
    """The same for a rule with an unconditional prediction, which some samplers ask for too."""

    def pair(self, x: Tensor, sigma: Tensor) -> tuple[Tensor, Tensor]:
        """The guided and the unconditional x_0, [b, c, h, w] each."""
        point = self._point(x, sigma)
        return self._guide(point, [str(self._passes.rule.unconditional)]), point.unconditional


def guided(
    network: RunNetwork,
    rule: Rule,
    levels: NoiseLevels,
    sigmas: Tensor,
    dtype: torch.dtype | None = None,
    *,
    terms: Sequence[Term] = (),
    modifiers: Sequence[Modifier] = (),
    interval: Interval = ALWAYS,
) -> Guided:
    """Start guidance for a run; it offers `pair` where the rule has an unconditional prediction.

    levels, sigmas: the noise levels of the model, and those of the run, [steps + 1].
    dtype: precision of the network; None leaves the conditionings as they are.
    """
    kind = Guided if rule.unconditional is None else GuidedPair
    return kind(Passes(network, rule, levels, sigmas, dtype), terms, modifiers, interval)
