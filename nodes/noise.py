"""Choose the noise that sampling starts from."""

from typing import Annotated

from graphengine.authoring import Field, Kept, Latent, Seed, Slider, node
from graphengine.diffusion.sampling.scale import add_noise as noisy
from graphengine.diffusion.sampling.sigmas import Sigmas
from graphengine.diffusion.sampling.starting_noise import (
    GivenNoise,
    Noise,
    NoNoise,
    RandomNoise,
    SeededNoise,
    VariationNoise,
)
from graphengine.errors import mismatch


@node(category="sampling/noise")
def random_noise(seed: Seed = 0) -> Noise:
    """Noise from a seed.

    seed: of the first picture; the others of a batch count up from it.
    """
    return RandomNoise(seed)


@node(category="sampling/noise")
def noise_from_seeds(seeds: Annotated[list[Seed], Field(min_length=1)]) -> Noise:
    """Noise from a seed for each picture of a batch.

    seeds: as many as there are pictures, or one that all of them have.
    """
    return SeededNoise(tuple(seeds))


@node(category="sampling/noise")
def variation_noise(noise: Noise, variation: Noise, strength: Annotated[float, Slider(0, 1)] = 0.1) -> Noise:
    """Noise that is partly another, for pictures that resemble one another.

    strength: how far to go from `noise` to `variation`, picture by picture: 0 stays, 1 arrives.
    """
    return VariationNoise(noise, variation, strength)


@node(category="sampling/noise")
def noise_from_latent(latent: Latent, steps_noise: Noise | None = None) -> Noise:
    """Take what a latent holds for noise.

    latent: should be like normal noise of variance 1.
    steps_noise: gives the seeds from which samplers draw what they add in their steps; seed 0 without it.
    """
    return GivenNoise(latent.samples, steps_noise or RandomNoise(0))


@node(category="sampling/noise")
def disable_noise(noise: Noise | None = None) -> Noise:
    """Start from a latent as it is, since an earlier run left noise in it.

    noise: that of the earlier run, for samplers that add noise in their steps too; seed 0 without it.
    """
    return NoNoise(noise or RandomNoise(0))


@node(category="sampling/noise")
def add_noise(
    latent: Latent, noise: Noise, sigmas: Sigmas, step: Annotated[int, Field(ge=0, le=10_000)] = 0
) -> Latent:
    """Add noise to a latent as a run has it when a step begins, for a run that starts there and adds none.

    sigmas: the noise levels of that run.
    step: counted from 0; the number of steps is the end.
    """
    if step > sigmas.steps:
        raise mismatch(
            f"at most {sigmas.steps}, since there are {sigmas.steps} steps",
            str(step),
            kind="bad_steps",
            input="step",
        )
    if not noise.adds:
        return latent
    eps = noise.start(latent.samples)
    samples = noisy(latent.samples, eps, sigmas.values[step], sigmas.scale)
    seeds = noise.seeds(len(samples))
    return Latent(samples, latent.noise_mask, seeds, Kept(latent.samples, eps))
