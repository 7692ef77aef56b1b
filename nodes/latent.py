"""Make latents and change their size."""

from typing import Annotated, Literal

import torch
from torch.nn import functional

from graphengine.authoring import Field, Latent, node
from graphengine.diffusion.sampling.regions import DOWNSCALE

CHANNELS = 4

Pixels = Annotated[int, Field(ge=16, le=16_384, multiple_of=DOWNSCALE)]


@node(category="latent")
def empty_latent(
    width: Pixels = 512,
    height: Pixels = 512,
    count: Annotated[int, Field(ge=1, le=4096)] = 1,
) -> Latent:
    """A latent with nothing in it, from which a picture is made.

    width, height: of the picture, in pixels, a multiple of 8.
    count: how many pictures to make at once; each has its own seed, counting up.
    """
    return Latent(torch.zeros(count, CHANNELS, height // DOWNSCALE, width // DOWNSCALE))


@node(category="latent")
def resize_latent(
    latent: Latent,
    scale: Annotated[float, Field(ge=0.1, le=16)] = 2.0,
    method: Literal["bicubic", "bilinear", "nearest", "area"] = "bicubic",
) -> Latent:
    """Enlarge or shrink a latent, to be denoised again in part.

    scale: new height and width over the old ones; each is rounded to whole latent positions.
    method: how values between the old ones are found.
    """
    size = tuple(max(1, round(length * scale)) for length in latent.samples.shape[-2:])
    align = False if method in ("bicubic", "bilinear") else None
    samples = functional.interpolate(latent.samples, size=size, mode=method, align_corners=align)
    return Latent(samples, latent.noise_mask, latent.seeds)
