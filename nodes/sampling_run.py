"""What the nodes that sample have in common: a run of a guider and a sampler over a batch."""

from typing import NamedTuple

import torch
from graphengine.nodes.step_previews import step_previews
from torch import Tensor

from graphengine.authoring import Context, Kept, Latent
from graphengine.diffusion.sampling.guider import Guider
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.regions import mask_at_positions
from graphengine.diffusion.sampling.sample import Start
from graphengine.diffusion.sampling.sample import sample as sample_latent
from graphengine.diffusion.sampling.samplers import Sampler, Step
from graphengine.diffusion.sampling.sigmas import Sigmas
from graphengine.diffusion.sampling.starting_noise import Noise
from graphengine.diffusion.weights.checkpoint import DiffusionModel
from graphengine.errors import mismatch
from graphengine.memory.residency import Residency


class Sampled(NamedTuple):
    """What sampling ends with."""

    latent: Latent
    """At the last sigma."""
    denoised: Latent
    """The model's last estimate of the clean latent."""


def run(
    guider: Guider,
    noise: Noise,
    sampler: Sampler,
    sigmas: Sigmas,
    latent: Latent,
    context: Context,
    schedule: Sigmas | None = None,
) -> Sampled:
    """Take a latent from the first sigma to the last, with progress, previews and cancellation.

    schedule: all levels of the run that these sigmas are a part of, by which guidance and conditionings
    know their time; else the sigmas.
    Raises GraphEngineError for inputs that don't go together, and for a model that breaks.
    """
    model, residency = guider.model, context.service(Residency)
    sigmas.check_scale(model.levels.scale)
    samples = latent.samples.to(residency.device, torch.float32)
    check_channels(model, samples)
    seeds = noise.seeds(len(samples))
    start = start_of(latent, samples, noise, sigmas)
    preview = step_previews(model, context)

    def on_step(step: Step) -> None:
        preview(step)
        context.progress(step.index + 1, sigmas.steps)
        context.check_cancelled()

    mask = None
    if latent.noise_mask is not None:
        mask = mask_at_positions(latent.noise_mask, samples, input="latent")[:, 0].to(samples)
    with residency.use(model, context.check_cancelled) as unet:
        x, denoised = sample_latent(
            guider.bind(unet, residency.dtype, (schedule or sigmas).falling),
            samples,
            sigmas,
            sampler,
            NoiseSource(seeds),
            start=start,
            mask=mask,
            on_step=on_step,
        )
    left_over = mask is not None and sigmas.values[-1] > 0
    kept = Kept(start.x_0.cpu(), start.eps.cpu()) if left_over else None
    return Sampled(
        Latent(x.cpu(), latent.noise_mask, seeds, kept), Latent(denoised.cpu(), latent.noise_mask, seeds)
    )


def start_of(latent: Latent, samples: Tensor, noise: Noise, sigmas: Sigmas) -> Start:
    """Where a run begins: at the latent with noise, or at the noise that an earlier run left in it.

    samples: the latent's, in the place where it is sampled.
    """
    if noise.adds:
        return Start.noisy(samples, noise.start(samples), sigmas)
    if latent.kept is not None:
        return Start(samples, latent.kept.samples.to(samples), latent.kept.noise.to(samples))
    if latent.noise_mask is not None and sigmas.values[0] > 0:
        raise mismatch(
            "a latent whose noise was left over by a run with the same noise mask",
            "one that had no mask then",
            kind="unknown_noise",
            input="latent",
            hint="set the mask before the first of the runs, or add noise",
        )
    return Start(samples, samples, torch.zeros_like(samples))


def check_channels(model: DiffusionModel, samples: Tensor) -> None:
    """Raise GraphEngineError unless the model was trained on latents of so many channels."""
    channels = model.config.out_channels
    if samples.shape[1] != channels:
        raise mismatch(
            f"a latent of {channels} channels, as the model has them",
            f"{samples.shape[1]}",
            kind="wrong_channels",
            input="latent",
            hint="make the latent with the model's own VAE, or an empty one",
        )
