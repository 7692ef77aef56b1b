"""Between pictures and latents."""

from collections.abc import Callable

import torch
from torch import Tensor

from graphengine.authoring import Context, Image, Latent, node
from graphengine.diffusion.weights.checkpoint import VAE
from graphengine.memory.residency import Residency


@node(category="latent", lane="device")
def vae_encode(vae: VAE, image: Image, *, context: Context) -> Latent:
    """Encode pictures to latents, so that they can be changed.

    image: [b, H, W, 3]; cropped about its middle to multiples of 8 pixels.
    """
    residency = context.service(Residency)
    cell = vae.config.downscale
    height, width = image.pixels.shape[1:3]
    if min(height, width) < cell:
        raise ValueError(f"expected a picture of at least {cell} x {cell} pixels, got {width} x {height}")
    top, left = height % cell // 2, width % cell // 2
    cropped = image.pixels[:, top : top + height - height % cell, left : left + width - width % cell, :3]
    pixels = (cropped * 2 - 1).permute(0, 3, 1, 2).contiguous()  # b c H W
    with residency.use(vae, context.check_cancelled) as autoencoder, torch.inference_mode():
        samples = each(autoencoder.encode, pixels.to(residency.device, residency.dtype), context)
    return Latent(samples)


@node(category="latent", lane="device")
def vae_decode(vae: VAE, latent: Latent, *, context: Context) -> Image:
    """Decode latents to pictures."""
    residency = context.service(Residency)
    with residency.use(vae, context.check_cancelled) as autoencoder, torch.inference_mode():
        pixels = each(autoencoder.decode, latent.samples.to(residency.device, residency.dtype), context)
    return Image((pixels.permute(0, 2, 3, 1) / 2 + 0.5).clamp(0, 1).contiguous(), seeds=latent.seeds)


def each(transform: Callable[[Tensor], Tensor], batch: Tensor, context: Context) -> Tensor:
    """Transform a batch one by one, since activations at full resolution are large: float32 on the CPU."""
    return torch.cat([transform(one).float().cpu() for one in context.steps(batch.split(1))])
