"""The model, what its pictures should show, and how it is guided there, as one value."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from graphengine.diffusion.models.freeu import FreeU
from graphengine.diffusion.models.unet import UNet
from graphengine.diffusion.sampling.denoiser import Denoiser
from graphengine.diffusion.sampling.guidance.classifier_free import ClassifierFree
from graphengine.diffusion.sampling.guidance.interval import ALWAYS, Interval
from graphengine.diffusion.sampling.guidance.pieces import Modifier, Term
from graphengine.diffusion.sampling.guidance.rule import Rule, needs_unconditional
from graphengine.diffusion.sampling.guided import Guided, guided
from graphengine.diffusion.sampling.network_denoiser import Predict
from graphengine.diffusion.sampling.parts import Parts
from graphengine.diffusion.sampling.run_network import PlainNetwork, UNetNetwork
from graphengine.diffusion.weights.checkpoint import DiffusionModel
from graphengine.errors import GraphEngineError, mismatch


@dataclass(frozen=True, eq=False)
class Guider:
    """A model with its conditionings and its guidance; the same one may be bound for many runs.

    One rule combines predictions; terms are added to that and modifiers change it, both within the interval.
    Raises GraphEngineError for pieces that don't go together.
    """

    model: DiffusionModel
    rule: Rule
    terms: tuple[Term, ...] = ()
    modifiers: tuple[Modifier, ...] = ()
    interval: Interval = ALWAYS
    freeu: FreeU | None = None
    """Of all passes, also outside of the interval."""

    def __post_init__(self) -> None:
        """Refuse what makes no sense together."""
        for term in self.terms:
            term.check(self.rule)
        for modifier in self.modifiers:
            modifier.check(self.rule)
        if self.interval != ALWAYS and self.rule.unconditional is None:
            raise needs_unconditional("a guidance interval")

    def combining(self, rule: Callable[[Parts, Parts, float], Rule]) -> "Guider":
        """With a rule in the place of plain classifier-free guidance. Refuses to replace any other rule.

        rule: makes it of the positive, the negative and the scale.
        """
        if type(self.rule) is not ClassifierFree:
            raise mismatch(
                "a guider with plain classifier-free guidance",
                f"one with {self.rule.title}",
                kind="guidance",
                input="guider",
                hint="only one rule can combine the predictions: start from cfg_guider",
            )
        return replace(self, rule=rule(self.rule.positive, self.rule.negative, self.rule.scale))

    def adding(self, term: Term) -> "Guider":
        """With one more term; they are kept in one order, so that no bit tells in which they came."""
        return replace(self, terms=tuple(sorted((*self.terms, term), key=repr)))

    def changing(self, modifier: Modifier) -> "Guider":
        """With one more modifier, the last to change the result. Refuses a second one of a kind."""
        if any(type(modifier) is type(other) for other in self.modifiers):
            raise twice(modifier.title)
        return replace(self, modifiers=(*self.modifiers, modifier))

    def within(self, interval: Interval) -> "Guider":
        """With guidance in an interval alone. Refuses a second one."""
        if self.interval != ALWAYS:
            raise twice("a guidance interval")
        return replace(self, interval=interval)

    def freed(self, freeu: FreeU) -> "Guider":
        """With features weighed anew in all passes. Refuses a second weighing."""
        if self.freeu is not None:
            raise twice("FreeU")
        return replace(self, freeu=freeu)

    def bind(self, network: Predict, dtype: torch.dtype, sigmas: Tensor) -> Guided:
        """What samplers call in one run through these noise levels; all that the run remembers is in it.

        network: the model's, loaded in `dtype`; a UNet, where a piece changes its passes. The result offers
        `pair` where there is an unconditional prediction.
        """

        def as_denoiser(predict: Predict) -> Denoiser:
            return self.model.denoiser(predict, dtype)

        if not isinstance(network, UNet) and self.freeu is not None:
            raise mismatch("a UNet for FreeU", type(network).__name__, kind="guidance")
        return guided(
            UNetNetwork(network, as_denoiser, self.freeu)
            if isinstance(network, UNet)
            else PlainNetwork(as_denoiser(network)),
            self.rule,
            self.model.levels,
            sigmas,
            dtype,
            terms=self.terms,
            modifiers=self.modifiers,
            interval=self.interval,
        )


def twice(name: str) -> GraphEngineError:
    """The error for a piece of which a guider can have only one."""
    return mismatch(
        f"a guider without {name}",
        "one that has it already",
        kind="guidance",
        input="guider",
        hint="change the settings of the one that it has",
    )
