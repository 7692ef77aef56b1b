"""Repaint a part of a latent and keep the rest."""

from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise, PairDenoise
from graphengine.diffusion.sampling.scale import Scale, add_noise


@dataclass(frozen=True)
class Inpainting:
    """A denoiser that knows the answer where `mask` is 0, so that any sampler keeps `x_0` there.

    x_0, eps: [b, c, h, w], the latent to keep and the noise that it is seen under.
    mask: [1, h, w] or [b, h, w] in 0..1. Source: Lugmayr et al. 2022, eq. 8.
    """

    denoise: Denoise
    x_0: Tensor
    eps: Tensor
    mask: Tensor
    scale: Scale = "exploding"

    def __post_init__(self) -> None:
        """Refuse a mask that is not of the latent's size."""
        b, _, h, w = self.x_0.shape
        got = list(self.mask.shape)
        if got not in ([1, h, w], [b, h, w]):
            raise ValueError(f"The noise mask must have shape [1 or {b}, {h}, {w}], got {got}.")

    def __call__(self, x: Tensor, sigma: Tensor) -> Tensor:
        """Show the network the kept part at this noise level, and overrule it there."""
        denoised = self.denoise(self.keep(x, sigma), sigma)
        return self.keep(denoised, torch.zeros(()))

    def pair(self, x: Tensor, sigma: Tensor) -> tuple[Tensor, Tensor]:
        """The same for the guided and the unconditional estimate, where `denoise` offers both."""
        guided, unconditional = cast(PairDenoise, self.denoise).pair(self.keep(x, sigma), sigma)
        return self.keep(guided, torch.zeros(())), self.keep(unconditional, torch.zeros(()))

    def keep(self, x: Tensor, sigma: Tensor) -> Tensor:
        """x where the mask is 1, the kept latent with noise of `sigma` where it is 0."""
        return torch.lerp(
            add_noise(self.x_0, self.eps, sigma, self.scale), x, self.mask.to(x)[:, None]
        )  # b c h w
