"""The model, what its pictures should show, and how it is guided there, as one value."""

from dataclasses import dataclass

import torch
from torch import Tensor

from graphengine.diffusion.sampling.guidance.rule import Rule
from graphengine.diffusion.sampling.guided import Guided, guided
from graphengine.diffusion.sampling.network_denoiser import Predict
from graphengine.diffusion.weights.checkpoint import DiffusionModel


@dataclass(frozen=True, eq=False)
class Guider:
    """A model with its conditionings and its guidance; the same one may be bound for many runs."""

    model: DiffusionModel
    rule: Rule

    def bind(self, network: Predict, dtype: torch.dtype, sigmas: Tensor) -> Guided:
        """What samplers call in one run through these noise levels; all that the run remembers is in it.

        network: the model's, loaded in `dtype`. The result offers `pair` where there is an unconditional
        prediction.
        """
        return guided(self.model.denoiser(network, dtype), self.rule, self.model.levels, sigmas, dtype)
