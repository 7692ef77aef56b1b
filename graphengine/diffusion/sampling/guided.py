"""A denoiser with its guidance, for one run."""

from collections.abc import Sequence

import torch
from torch import Tensor

from graphengine.diffusion.sampling.conditioning import predict
from graphengine.diffusion.sampling.contexts import Contexts
from graphengine.diffusion.sampling.denoiser import Denoiser
from graphengine.diffusion.sampling.guidance.rule import Predictions, Rule
from graphengine.diffusion.sampling.time_ranges import Levels, Resolved, resolve


class Guided:
    """What samplers call in a run: (x, sigma) -> the guided x_0. What guidance remembers goes with it.

    x: [b, c, h, w]; sigma: 0-d, on the CPU.
    levels, sigmas: the noise levels of the model, and those of the run, [steps + 1].
    dtype: precision of the network; None leaves the conditionings as they are.
    Raises GraphEngineError, before the first step, for a conditioning that the run can't do with.
    """

    def __init__(
        self, denoiser: Denoiser, rule: Rule, levels: Levels, sigmas: Tensor, dtype: torch.dtype | None = None
    ) -> None:
        self._denoiser = denoiser
        self._rule = rule
        self._combine = rule.begin(sigmas)
        self._levels = levels
        self._sigmas = sigmas
        self._contexts = Contexts(dtype)
        self._resolved = {name: self._resolve(name) for name in rule.needed}

    def __call__(self, x: Tensor, sigma: Tensor) -> Tensor:
        """The guided x_0, [b, c, h, w]."""
        return self._combine(x, sigma, self._predict(x, sigma, self._rule.needed))

    def _predict(self, x: Tensor, sigma: Tensor, names: Sequence[str]) -> Predictions:
        conditionings = [self._resolved[name] for name in names]
        predicted = predict(self._denoiser, x, sigma, conditionings, self._contexts)
        return dict(zip(names, predicted, strict=True))

    def _resolve(self, name: str) -> Resolved:
        return resolve(name, self._rule.conditionings[name], self._levels, self._sigmas)


class GuidedPair(Guided):
    """The same for a rule with an unconditional prediction, which some samplers ask for too."""

    def pair(self, x: Tensor, sigma: Tensor) -> tuple[Tensor, Tensor]:
        """The guided and the unconditional x_0, [b, c, h, w] each."""
        name = str(self._rule.unconditional)
        if name not in self._resolved:
            self._resolved[name] = self._resolve(name)
        predictions = self._predict(x, sigma, tuple(self._resolved))
        return self._combine(x, sigma, predictions), predictions[name]


def guided(
    denoiser: Denoiser, rule: Rule, levels: Levels, sigmas: Tensor, dtype: torch.dtype | None = None
) -> Guided:
    """Start guidance for a run; it offers `pair` where the rule has an unconditional prediction."""
    kind = Guided if rule.unconditional is None else GuidedPair
    return kind(denoiser, rule, levels, sigmas, dtype)
