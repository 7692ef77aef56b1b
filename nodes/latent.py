"""Make latents, change their size, and say what of them may change."""

from typing import Annotated, Literal

import torch
from torch.nn import functional

<<<<<<< HEAD
from graphengine.authoring import Field, Latent, node
from graphengine.diffusion.sampling.regions import DOWNSCALE
=======
from graphengine.authoring import Field, Latent, Mask, node
from graphengine.errors import mismatch
>>>>>>> 79ce346 (Step previews: colours of latents by a linear fit, or a tiny decoder in TAESD's layout; kinds of starting noise)

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
    latent_mask(mask, latent.samples)
    return Latent(latent.samples, mask, latent.seeds, latent.kept)


def latent_mask(mask: Mask, samples: torch.Tensor, input: str = "mask") -> torch.Tensor:
    """A mask at the size and place of latents [b, c, h, w]: [1 or b, h, w].

    Raises GraphEngineError for one that is neither of the latents' size nor a whole multiple of it.
    """
    count, (height, width) = len(samples), samples.shape[-2:]
    masks, *size = mask.pixels.shape
    cell = size[0] // height
    if cell == 0 or size != [cell * height, cell * width]:
        raise mismatch(
            f"a mask of the picture's size, {width * DOWNSCALE} x {height * DOWNSCALE}, or of the latent's, "
            f"{width} x {height}",
            f"{size[1]} x {size[0]}",
            kind="wrong_size",
            input=input,
            hint="resize the mask",
        )
    if masks not in (1, count):
        pictures = f"{count} pictures" if count > 1 else "1 picture"
        raise mismatch(f"a mask for {pictures}", f"{masks} masks", kind="wrong_batch", input=input)
    return functional.interpolate(mask.pixels[:, None].to(samples), size=(height, width), mode="area")[:, 0]
