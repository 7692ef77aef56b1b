"""Choose the noise that sampling starts from."""

from typing import Annotated

from graphengine.authoring import Field, Latent, Seed, Slider, node
from graphengine.diffusion.sampling.starting_noise import (
    GivenNoise,
    Noise,
    NoNoise,
    RandomNoise,
    SeededNoise,
    VariationNoise,
)


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
