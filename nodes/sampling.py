"""Choose how to sample, and denoise."""

from typing import Annotated, Literal, NamedTuple

import torch
from graphengine.nodes.step_previews import step_previews
from torch.nn import functional

from graphengine.authoring import Conditioning, Context, Field, Latent, Mask, Seed, node
from graphengine.diffusion.sampling.guidance.classifier_free import ClassifierFree
from graphengine.diffusion.sampling.guider import Guider
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.sample import sample
from graphengine.diffusion.sampling.samplers import Sampler, Step
from graphengine.diffusion.sampling.schedules import SCHEDULES
from graphengine.diffusion.sampling.sigmas import Sigmas
from graphengine.diffusion.weights.checkpoint import DiffusionModel
from graphengine.memory.residency import Residency


class Denoised(NamedTuple):
    """What sampling ends with."""

    latent: Latent
    """At the last sigma."""
    denoised: Latent
    """The model's last estimate of the clean latent."""


@node(category="sampling")
def select_schedule(
    model: DiffusionModel,
    name: Literal["normal", "karras", "simple", "ddim_uniform"] = "karras",
    steps: Annotated[int, Field(ge=1, le=1000)] = 20,
    strength: Annotated[float, Field(ge=0, le=1)] = 1.0,
) -> Sigmas:
    """Choose the noise levels that sampling passes through.

    name: how they are spaced.
    steps: of the whole way from pure noise to a picture.
    strength: share of the way that is walked, from its end: 1 makes a new picture, 0 leaves the old one.
    """
    return SCHEDULES[name](model.levels, steps).truncate(strength)


@node(category="sampling", lane="device")
def denoise(
    model: DiffusionModel,
    positive: Conditioning,
    negative: Conditioning,
    latent: Latent,
    sampler: Sampler,
    sigmas: Sigmas,
    seed: Seed = 0,
    guidance: Annotated[float, Field(ge=0, le=100)] = 7.0,
    *,
    context: Context,
) -> Denoised:
    """Add noise to a latent and let the UNet take it away step by step.

    positive, negative: what the pictures should show, and what they should not.
    latent: an empty one for new pictures, an encoded picture to change it.
    seed: of the first picture's noise; the others of a batch count up from it.
    guidance: how much the prompt is stressed over the negative one; 1 turns it off.
    """
    residency = context.service(Residency)
    guider = Guider(model, ClassifierFree(positive, negative, guidance))
    x_0 = latent.samples.to(residency.device, torch.float32)
    seeds = tuple((seed + index) % 2**64 for index in range(len(x_0)))
    preview = step_previews(model, context)

    sigmas.check_scale(model.levels.scale)

    def on_step(step: Step) -> None:
        preview(step)
        context.progress(step.index + 1, sigmas.steps)
        context.check_cancelled()

    with residency.use(model, context.check_cancelled) as unet:
        sampled = sample(
            guider.bind(unet, residency.dtype, sigmas.values),
            x_0,
            sigmas,
            sampler,
            NoiseSource(seeds),
            mask=latent_mask(latent.noise_mask, x_0),
            on_step=on_step,
        )
    return Denoised(
        Latent(sampled.x.cpu(), latent.noise_mask, seeds),
        Latent(sampled.denoised.cpu(), latent.noise_mask, seeds),
    )


def latent_mask(mask: Mask | None, x_0: torch.Tensor) -> torch.Tensor | None:
    """A mask at the latent's size and place, [b, h, w]."""
    if mask is None:
        return None
    return functional.interpolate(mask.pixels[:, None].to(x_0), size=x_0.shape[-2:], mode="area")[:, 0]
