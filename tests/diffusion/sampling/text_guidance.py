"""Guidance by two texts, as most tests of sampling need it."""

from torch import Tensor, zeros

from graphengine.diffusion.sampling.denoiser import Denoiser
from graphengine.diffusion.sampling.guidance.classifier_free import ClassifierFree
from graphengine.diffusion.sampling.guided import Guided, guided
from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule
from graphengine.diffusion.sampling.parts import Prompt
from graphengine.diffusion.sampling.run_network import PlainNetwork


def text_guidance(denoiser: Denoiser, positive: Tensor, negative: Tensor, scale: float) -> Guided:
    """Classifier-free guidance by contexts, [1 or b, t, d]."""
    rule = ClassifierFree([Prompt(positive)], [Prompt(negative)], scale)
    return guided(PlainNetwork(denoiser), rule, NoiseSchedule.scaled_linear(), zeros(2))
