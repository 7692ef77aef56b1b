"""The UNet of Stable Diffusion 1, in the original checkpoint's parameter names."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from graphengine.diffusion.models.attention import SpatialTransformer
from graphengine.diffusion.models.patches import NO_PATCHES, Attention, Patches
from graphengine.diffusion.models.text import Texts
from graphengine.diffusion.models.timestep import timestep_embedding


@dataclass(frozen=True)
class UNetConfig:
    """Sizes of a UNet. The defaults are Stable Diffusion 1's."""

    in_channels: int = 4
    out_channels: int = 4
    base: int = 320
    """Channels of the first level."""
    multipliers: tuple[int, ...] = (1, 2, 4, 4)
    """Channels of each level, in units of `base`."""
    blocks: int = 2
    """Residual blocks of a level on the way down; one more on the way up."""
    attention: tuple[bool, ...] = (True, True, True, False)
    """Which levels attend to the text. The middle block always does."""
    depth: int = 1
    """Transformer blocks in each attention layer."""
    context_width: int = 768

    @property
    def heads(self) -> int:
        """Attention heads: eight, as in Stable Diffusion 1; fewer where a head would be narrower than 16."""
        return min(8, self.base // 16)

    @property
    def groups(self) -> int:
        """Normalisation groups: 32 as in Stable Diffusion 1; fewer where one would be under 4 channels."""
        return min(32, self.base // 4)


class ResBlock(nn.Module):
    """Two convolutions with the time embedding added between them."""

    def __init__(self, in_channels: int, out_channels: int, time_width: int, groups: int) -> None:
        super().__init__()
        self.in_layers = nn.Sequential(
            nn.GroupNorm(groups, in_channels), nn.SiLU(), nn.Conv2d(in_channels, out_channels, 3, padding=1)
        )
        self.emb_layers = nn.Sequential(nn.SiLU(), nn.Linear(time_width, out_channels))
        self.out_layers = nn.Sequential(
            nn.GroupNorm(groups, out_channels),
            nn.SiLU(),
            nn.Identity(),  # dropout in the original: keeps the convolution at index 3
            nn.Conv2d(out_channels, out_channels, 3, padding=1),
        )
        same = in_channels == out_channels
        self.skip_connection = nn.Identity() if same else nn.Conv2d(in_channels, out_channels, 1)

    def forward(self, x: Tensor, time: Tensor) -> Tensor:
        """x: [b, c, h, w]; time: [b, d]. Returns [b, c', h, w]."""
        hidden = self.in_layers(x) + self.emb_layers(time)[:, :, None, None]
        return self.skip_connection(x) + self.out_layers(hidden)  # type: ignore[no-any-return]


class Downsample(nn.Module):
    """Halve height and width by a strided convolution."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.op = nn.Conv2d(channels, channels, 3, stride=2, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        """x: [b, c, h, w]. Returns [b, c, h/2, w/2], rounded up."""
        return self.op(x)  # type: ignore[no-any-return]


class Upsample(nn.Module):
    """Enlarge to the size of the features that are joined next, then convolve."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x: Tensor, size: torch.Size) -> Tensor:
        """x: [b, c, h, w]. Returns [b, c, *size]."""
        return self.conv(functional.interpolate(x, size=size, mode="nearest"))  # type: ignore[no-any-return]


class UNet(nn.Module):
    """Predicts the noise in a latent from its timestep and the text."""

    def __init__(self, config: UNetConfig) -> None:
        super().__init__()
        self.config = config
        time_width = 4 * config.base
        self.time_embed = nn.Sequential(
            nn.Linear(config.base, time_width), nn.SiLU(), nn.Linear(time_width, time_width)
        )

        def residual(in_channels: int, out_channels: int) -> ResBlock:
            return ResBlock(in_channels, out_channels, time_width, config.groups)

        def transformer(channels: int) -> SpatialTransformer:
            return SpatialTransformer(
                channels, config.context_width, config.heads, config.groups, config.depth
            )

        channels = config.base
        skips = [channels]
        self.input_blocks = nn.ModuleList(
            [nn.ModuleList([nn.Conv2d(config.in_channels, channels, 3, padding=1)])]
        )
        last_level = len(config.multipliers) - 1
        for level, multiplier in enumerate(config.multipliers):
            for _ in range(config.blocks):
                layers: list[nn.Module] = [residual(channels, config.base * multiplier)]
                channels = config.base * multiplier
                if config.attention[level]:
                    layers.append(transformer(channels))
                self.input_blocks.append(nn.ModuleList(layers))
                skips.append(channels)
            if level != last_level:
                self.input_blocks.append(nn.ModuleList([Downsample(channels)]))
                skips.append(channels)

        self.middle_block = nn.ModuleList(
            [residual(channels, channels), transformer(channels), residual(channels, channels)]
        )

        self.output_blocks = nn.ModuleList()
        for level, multiplier in reversed(list(enumerate(config.multipliers))):
            for index in range(config.blocks + 1):
                layers = [residual(channels + skips.pop(), config.base * multiplier)]
                channels = config.base * multiplier
                if config.attention[level]:
                    layers.append(transformer(channels))
                if level and index == config.blocks:
                    layers.append(Upsample(channels))
                self.output_blocks.append(nn.ModuleList(layers))

        self.out = nn.Sequential(
            nn.GroupNorm(config.groups, channels),
            nn.SiLU(),
            nn.Conv2d(channels, config.out_channels, 3, padding=1),
        )

    def forward(
        self, x: Tensor, timesteps: Tensor, context: Tensor | Texts, patches: Patches = NO_PATCHES
    ) -> Tensor:
        """Predict the noise.

        x: [b, c, h, w], scaled to unit variance; timesteps: [b], 0..999; context: [b, t, d].
        Returns [b, c, h, w].
        """
        time = self.time_embed(timestep_embedding(timesteps, self.config.base).to(x.dtype))  # b d
        skips: list[Tensor] = []
        for index, block in enumerate(self.input_blocks):
            x = apply_layers(block, x, time, context, x.shape[-2:], patches.attention_at(f"input.{index}"))
            skips.append(x)
        x = apply_layers(self.middle_block, x, time, context, x.shape[-2:], patches.attention_at("middle"))
        for index, block in enumerate(self.output_blocks):
            skipped = skips.pop()
            if patches.freeu is not None:
                x, skipped = patches.freeu(x, skipped, self.config.base * max(self.config.multipliers))
            joined = torch.cat([x, skipped], dim=1)
            upsampled = skips[-1].shape[-2:] if skips else x.shape[-2:]
            x = apply_layers(block, joined, time, context, upsampled, patches.attention_at(f"output.{index}"))
        return self.out(x)  # type: ignore[no-any-return]

    @property
    def attention_layers(self) -> dict[str, SpatialTransformer]:
        """The layers that attend, by the names that patches know them by, in the order of a pass."""
        blocks = {f"input.{index}": block for index, block in enumerate(self.input_blocks)}
        blocks["middle"] = self.middle_block
        blocks |= {f"output.{index}": block for index, block in enumerate(self.output_blocks)}
        return {
            name: layer
            for name, block in blocks.items()
            for layer in block.children()
            if isinstance(layer, SpatialTransformer)
        }


def apply_layers(
    layers: nn.Module,
    x: Tensor,
    time: Tensor,
    context: Tensor | Texts,
    size: torch.Size,
    attention: Attention,
) -> Tensor:
    """Run a block's layers in order, each with the inputs that its kind takes."""
    for layer in layers.children():
        match layer:
            case ResBlock():
                x = layer(x, time)
            case SpatialTransformer():
                x = layer(x, context, attention)
            case Upsample():
                x = layer(x, size)
            case _:
                x = layer(x)
    return x
