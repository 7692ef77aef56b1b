"""FreeU: a UNet's own features, weighed against those that skip its depths."""

from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

THRESHOLD = 1
"""Half the width of the square of low frequencies, in the spectrum of the skipped features."""


@dataclass(frozen=True)
class FreeU:
    """Strengthen half of the backbone's channels, weaken low frequencies of the skipped features.

    b1, s1: where the backbone is as wide as the network gets; b2, s2: where it is half as wide, as in the
    authors' code. Version 1 multiplies by b everywhere, version 2 by between 1 and b, as the mean of the
    features at each place is low or high. Source: Si et al. 2023, section 3.2, and its first preprint.
    """

    b1: float
    b2: float
    s1: float
    s2: float
    version: Literal[1, 2] = 2

    def __call__(self, backbone: Tensor, skipped: Tensor, widest: int) -> tuple[Tensor, Tensor]:
        """Both features, [b, c, h, w] each, before they are joined; widest: the most channels there are."""
        channels = backbone.shape[1]
        factors = {widest: (self.b1, self.s1), widest // 2: (self.b2, self.s2)}
        if channels not in factors:
            return backbone, skipped
        b, s = factors[channels]
        half = channels // 2
        strengthened = backbone[:, :half] * self.strength(backbone, b)
        return torch.cat([strengthened, backbone[:, half:]], dim=1), scale_low_frequencies(skipped, s)

    def strength(self, backbone: Tensor, b: float) -> Tensor:
        """What to multiply by at each place: [1 or b, 1, h, w] or a single number."""
        if self.version == 1:
            return backbone.new_tensor(b)
        mean = backbone.mean(1, keepdim=True)  # b 1 h w
        low, high = mean.amin((2, 3), keepdim=True), mean.amax((2, 3), keepdim=True)
        # Where all places are alike there is none to prefer, and nothing to divide by.
        return 1 + (b - 1) * (mean - low) / (high - low).clamp(min=torch.finfo(mean.dtype).tiny)


def scale_low_frequencies(features: Tensor, s: float) -> Tensor:
    """Multiply the lowest frequencies by s: [b, c, h, w] in and out."""
    h, w = features.shape[-2:]
    # In float32, since a GPU transforms half precision only where the sides are powers of two.
    spectrum = torch.fft.fftshift(torch.fft.fft2(features.float()), dim=(-2, -1))
    rows = slice(max(0, h // 2 - THRESHOLD), h // 2 + THRESHOLD)
    columns = slice(max(0, w // 2 - THRESHOLD), w // 2 + THRESHOLD)
    spectrum[..., rows, columns] *= s
    scaled: Tensor = torch.fft.ifft2(torch.fft.ifftshift(spectrum, dim=(-2, -1))).real
    return scaled.to(features.dtype)
