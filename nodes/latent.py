"""Make latents, change their size, and say what of them may change."""

from typing import Annotated, Literal

import torch
from torch.nn import functional

from graphengine.authoring import Field, Latent, Mask, node
from graphengine.diffusion.sampling.regions import DOWNSCALE, mask_at_positions

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
    mask = latent.noise_mask
    if mask is not None:
        resized = functional.interpolate(mask.pixels[:, None], size=size, mode="area")  # b 1 h w
        mask = Mask(resized[:, 0])
    return Latent(samples, mask, latent.seeds)


@node(category="latent")
def set_noise_mask(latent: Latent, mask: Mask) -> Latent:
    """Let only a part of a latent change when it is sampled; the rest stays as it is.

    mask: 1 where it may change, 0 where it stays; of the latent's size, or of the picture's.
    """
    mask_at_positions(mask, latent.samples, input="mask")
    return Latent(latent.samples, mask, latent.seeds, latent.kept)
