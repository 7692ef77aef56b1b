"""What the numbers of a latent mean, as far as a preview has to know it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import torch
from torch import Tensor


@dataclass(frozen=True)
class LatentSpace:
    """The latents of one autoencoder, and how to see their colours without it.

    rgb: a row of red, green and blue for each channel; bias: of each colour. The colours are in -1..1.
    tiny_decoder: the stem of a file in `vae_approx` that knows these latents.
    """

    rgb: tuple[tuple[float, float, float], ...]
    bias: tuple[float, float, float]
    tiny_decoder: str

    def colours(self, latent: Tensor) -> Tensor:
        """The colours of a scaled latent, [b, c, h, w], by the linear fit: [b, 3, h, w] in 0..1."""
        rgb, bias = latent.new_tensor(self.rgb), latent.new_tensor(self.bias)
        return (torch.einsum("bchw,cr->brhw", latent, rgb) + bias[:, None, None] + 1) / 2


LATENT_SPACES: Mapping[str, LatentSpace] = MappingProxyType(
    {
        # K. Turner 2022, "Decoding latents to RGB without upscaling", discuss.huggingface.co/t/23204.
        "sd1": LatentSpace(
            rgb=(
                (0.298, 0.207, 0.208),
                (0.187, 0.286, 0.173),
                (-0.158, 0.189, 0.264),
                (-0.184, -0.271, -0.473),
            ),
            bias=(0.0, 0.0, 0.0),
            tiny_decoder="taesd_decoder",
        ),
        # By `python -m graphengine.diffusion.training.previews`.
        "shapes": LatentSpace(
            rgb=(
                (-0.1225, 0.2187, 0.0438),
                (0.1857, 1.2620, 0.0550),
                (0.4395, 1.8601, 0.7375),
                (0.1351, -1.4396, -0.2384),
            ),
            bias=(0.3820, 0.1727, 0.1303),
            tiny_decoder="shapes_decoder",
        ),
    }
)
