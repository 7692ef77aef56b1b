"""The predictions of a run, and those at one point of it."""

from collections.abc import Iterable, Sequence

import torch
from torch import Tensor

from graphengine.diffusion.sampling.conditioning import predict
from graphengine.diffusion.sampling.contexts import Contexts
from graphengine.diffusion.sampling.denoiser import Denoiser
from graphengine.diffusion.sampling.guidance.rule import POSITIVE, Predictions, Rule
from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.diffusion.sampling.run_network import RunNetwork
from graphengine.diffusion.sampling.time_ranges import Resolved, resolve


class Passes:
    """What a network answers in a run to the conditionings of a rule, by their names.

    levels, sigmas: the noise levels of the model, and those of the run, [steps + 1].
    dtype: precision of the network; None leaves the conditionings as they are.
    """

    def __init__(
        self, network: RunNetwork, rule: Rule, levels: NoiseLevels, sigmas: Tensor, dtype: torch.dtype | None
    ) -> None:
        self.network = network
        self.rule = rule
        self.levels = levels
        self.sigmas = sigmas
        self._contexts = Contexts(dtype)
        self._resolved: dict[str, Resolved] = {}

    def resolve(self, names: Iterable[str]) -> list[Resolved]:
        """The conditionings of these names. Raises GraphEngineError for one that the run can't do with."""
        for name in names:
            if name not in self._resolved:
                parts = self.rule.conditionings[name]
                self._resolved[name] = resolve(name, parts, self.levels, self.sigmas)
        return [self._resolved[name] for name in names]

    def ask(self, denoiser: Denoiser, x: Tensor, sigma: Tensor, names: Sequence[str]) -> list[Tensor]:
        """An x_0 for each name, in as few calls as possible."""
        return predict(denoiser, x, sigma, self.resolve(names), self._contexts)


class Point:
    """x at one sigma, and what the network, as it is, predicts there; each prediction is made once."""

    def __init__(self, passes: Passes, denoiser: Denoiser, x: Tensor, sigma: Tensor) -> None:
        self.passes = passes
        self.x = x
        self.sigma = sigma
        self._denoiser = denoiser
        self._predictions: dict[str, Tensor] = {}

    def predict(self, names: Iterable[str]) -> Predictions:
        """At least an x_0 for each name; those that are yet to be made are asked for together."""
        missing = [name for name in dict.fromkeys(names) if name not in self._predictions]
        if missing:
            answers = self.passes.ask(self._denoiser, self.x, self.sigma, missing)
            self._predictions |= dict(zip(missing, answers, strict=True))
        return self._predictions

    @property
    def positive(self) -> Tensor:
        """What the picture should show."""
        return self.predict([POSITIVE])[POSITIVE]

    @property
    def unconditional(self) -> Tensor:
        """What guidance leads away from; the positive for a rule that has no such."""
        name = self.passes.rule.unconditional or POSITIVE
        return self.predict([name])[name]
