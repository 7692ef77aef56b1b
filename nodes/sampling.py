"""Sample: from noise to pictures, in one node or from parts."""

from typing import Annotated

from graphengine.nodes.samplers import SamplerName
from graphengine.nodes.sampling_run import Sampled, run
from graphengine.nodes.sampling_steps import check_steps, walked
from graphengine.nodes.schedules import ScheduleName

from graphengine.authoring import Conditioning, Context, Field, Latent, Seed, Slider, node
from graphengine.diffusion.sampling.guidance.classifier_free import ClassifierFree
from graphengine.diffusion.sampling.guider import Guider
from graphengine.diffusion.sampling.samplers import SAMPLERS, Sampler
from graphengine.diffusion.sampling.schedules import chosen
from graphengine.diffusion.sampling.sigmas import Sigmas
from graphengine.diffusion.sampling.starting_noise import (
    Noise,
    NoNoise,
    RandomNoise,
    SeededNoise,
    VariationNoise,
)
from graphengine.diffusion.weights.checkpoint import DiffusionModel
from graphengine.errors import mismatch


@node(category="sampling", lane="device", validate=check_steps)
def sample(
    model: DiffusionModel,
    positive: Conditioning,
    negative: Conditioning,
    latent: Latent,
    seed: Seed = 0,
    steps: Annotated[int, Field(ge=1, le=10_000)] = 20,
    guidance: Annotated[float, Field(ge=0, le=100)] = 7.0,
    sampler: SamplerName | Sampler = "dpmpp_2m",
    schedule: ScheduleName = "karras",
    strength: Annotated[float, Slider(0, 1)] = 1.0,
    start_step: Annotated[int, Field(ge=0)] = 0,
    end_step: Annotated[int, Field(ge=0)] | None = None,
    add_noise: bool = True,
    leftover_noise: bool = False,
    variation_seed: Seed = 0,
    variation_strength: Annotated[float, Slider(0, 1)] = 0.0,
    seeds: list[Seed] | None = None,
    *,
    context: Context,
) -> Sampled:
    """Add noise to a latent and let the model take it away step by step.

    positive, negative: what the pictures should show, and what they should not.
    latent: an empty one for new pictures, an encoded picture to change it.
    seed: of the first picture's noise; the others of a batch count up from it.
    steps: of the whole way from pure noise to a picture.
    guidance: how much the prompt is stressed over the negative one; 1 turns it off.
    sampler: the method; select_sampler sets its options.
    schedule: how the noise levels are spaced.
    strength: share of the way that is walked, from its end: 1 makes a new picture, 0 leaves the old one.
    start_step, end_step: the steps to take of those, counted from 0; without an end, all that are left.
    add_noise: off for a latent in which an earlier run left noise; its seed should be the same then.
    leftover_noise: whether the latent keeps the noise of a last step that is not the end, for a run that goes
        on with it; else that step ends without noise.
    variation_seed, variation_strength: how far to go from the noise of `seed`, which all pictures have then,
        to that of the other, which counts up.
    seeds: one for each picture, in place of `seed`.
    """
    levels = chosen(schedule, model.levels, steps, strength)
    sigmas = walked(levels, start_step, end_step, leftover_noise)
    noise: Noise = RandomNoise(seed)
    if seeds is not None:
        if len(seeds) != len(latent.samples):
            expected = f"{len(latent.samples)}, one for each picture of the latent"
            raise mismatch(expected, str(len(seeds)), kind="wrong_batch", input="seeds")
        noise = SeededNoise(tuple(seeds))
    if variation_strength > 0:
        start = SeededNoise((seed,)) if seeds is None else noise
        noise = VariationNoise(start, RandomNoise(variation_seed), variation_strength)
    guider = Guider(model, ClassifierFree(positive, negative, guidance))
    method = SAMPLERS[sampler] if isinstance(sampler, str) else sampler
    return run(guider, noise if add_noise else NoNoise(noise), method, sigmas, latent, context, levels)


@node(category="sampling", lane="device")
def sample_custom(
    noise: Noise, guider: Guider, sampler: Sampler, sigmas: Sigmas, latent: Latent, *, context: Context
) -> Sampled:
    """Sample with noise, guidance, method and noise levels from nodes of their own.

    noise: what is added to the latent before the first step.
    guider: the model and what leads it.
    sigmas: the noise levels; where the last isn't 0, the latent keeps noise of that level.
    latent: an empty one for new pictures, an encoded picture to change it.
    """
    return run(guider, noise, sampler, sigmas, latent, context)
