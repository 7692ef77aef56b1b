"""A small decoder for previews, in the layout and parameter names of TAESD (Bollin Boer Bohan 2023)."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class TinyDecoderConfig:
    """Sizes of a tiny decoder. The defaults are TAESD's for Stable Diffusion 1."""

    latent_channels: int = 4
    width: int = 64
    """Channels of every layer within."""


class Clamp(nn.Module):
    """Bends values softly into -3..3."""

    def forward(self, x: Tensor) -> Tensor:
        """Any shape in, the same out."""
        return torch.tanh(x / 3) * 3


class Block(nn.Module):
    """Three convolutions with a residual."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv = nn.Sequential(
            convolution(width, width),
            nn.ReLU(),
            convolution(width, width),
            nn.ReLU(),
            convolution(width, width),
        )

    def forward(self, x: Tensor) -> Tensor:
        """x: [b, c, h, w]. Returns the same shape."""
        return (self.conv(x) + x).relu()  # type: ignore[no-any-return]


class TinyDecoder(nn.Sequential):
    """A scaled latent [b, c, h, w] to a picture [b, 3, 8h, 8w] in about 0..1; its layers are numbered."""

    def __init__(self, config: TinyDecoderConfig) -> None:
        width = config.width
        layers: list[nn.Module] = [Clamp(), convolution(config.latent_channels, width), nn.ReLU()]
        for _ in range(3):
            layers += [Block(width) for _ in range(3)]
            layers += [nn.Upsample(scale_factor=2), convolution(width, width, bias=False)]
        super().__init__(*layers, Block(width), convolution(width, 3))


def convolution(in_channels: int, out_channels: int, bias: bool = True) -> nn.Conv2d:
    """A 3 x 3 convolution that keeps height and width."""
    return nn.Conv2d(in_channels, out_channels, 3, padding=1, bias=bias)
