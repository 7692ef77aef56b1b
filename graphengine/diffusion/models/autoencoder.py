"""The KL-regularised autoencoder of latent diffusion, in the original checkpoint's parameter names."""

from dataclasses import dataclass

from torch import Tensor, nn
from torch.nn import functional

from graphengine.diffusion.models.attend import Attend, attend_in_slices


@dataclass(frozen=True)
class AutoencoderConfig:
    """Sizes of an autoencoder. The defaults are Stable Diffusion 1's."""

    image_channels: int = 3
    latent_channels: int = 4
    base: int = 128
    """Channels at full resolution."""
    multipliers: tuple[int, ...] = (1, 2, 4, 4)
    """Channels of each level, in units of `base`. Every level but the last halves the picture."""
    blocks: int = 2
    """Residual blocks of a level in the encoder; one more in the decoder."""
    scale: float = 0.18215
    """What a latent is multiplied by to have unit variance (Rombach et al. 2022, appendix G)."""

    @property
    def groups(self) -> int:
        """Normalisation groups: 32 as in Stable Diffusion 1; fewer where one would be under 4 channels."""
        return min(32, self.base // 4)

    @property
    def downscale(self) -> int:
        """Pixels to one latent position, in height and in width."""
        return 1 << (len(self.multipliers) - 1)


def norm(channels: int, groups: int) -> nn.GroupNorm:
    """Group normalisation with the original's epsilon."""
    return nn.GroupNorm(groups, channels, eps=1e-6)


class ResnetBlock(nn.Module):
    """Two normalised convolutions with a residual."""

    def __init__(self, in_channels: int, out_channels: int, groups: int) -> None:
        super().__init__()
        self.norm1 = norm(in_channels, groups)
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, padding=1)
        self.norm2 = norm(out_channels, groups)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1)
        if in_channels != out_channels:
            self.nin_shortcut = nn.Conv2d(in_channels, out_channels, 1)
        self.same = in_channels == out_channels

    def forward(self, x: Tensor) -> Tensor:
        """x: [b, c, h, w]. Returns [b, c', h, w]."""
        hidden = self.conv1(functional.silu(self.norm1(x)))
        hidden = self.conv2(functional.silu(self.norm2(hidden)))
        return hidden + (x if self.same else self.nin_shortcut(x))  # type: ignore[no-any-return]


class AttnBlock(nn.Module):
    """Single-head self attention over the positions of a feature map."""

    def __init__(self, channels: int, groups: int) -> None:
        super().__init__()
        self.norm = norm(channels, groups)
        self.q = nn.Conv2d(channels, channels, 1)
        self.k = nn.Conv2d(channels, channels, 1)
        self.v = nn.Conv2d(channels, channels, 1)
        self.proj_out = nn.Conv2d(channels, channels, 1)
        self.attend = Attend()

    def forward(self, x: Tensor) -> Tensor:
        """x: [b, c, h, w]. Returns the same shape."""
        hidden = self.norm(x)
        q, k, v = (
            projection(hidden).flatten(2).transpose(1, 2).contiguous()[:, None]  # b 1 (h w) c
            for projection in (self.q, self.k, self.v)
        )
        attended = attend_in_slices(self.attend, q, k, v)[:, 0]
        return x + self.proj_out(attended.transpose(1, 2).reshape(x.shape))  # type: ignore[no-any-return]


class Middle(nn.Module):
    """Residual block, attention, residual block, at the lowest resolution."""

    def __init__(self, channels: int, groups: int) -> None:
        super().__init__()
        self.block_1 = ResnetBlock(channels, channels, groups)
        self.attn_1 = AttnBlock(channels, groups)
        self.block_2 = ResnetBlock(channels, channels, groups)

    def forward(self, x: Tensor) -> Tensor:
        """x: [b, c, h, w]. Returns the same shape."""
        return self.block_2(self.attn_1(self.block_1(x)))  # type: ignore[no-any-return]


class Downsample(nn.Module):
    """Halve height and width; the original pads on the right and at the bottom only."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, stride=2)

    def forward(self, x: Tensor) -> Tensor:
        """x: [b, c, h, w]. Returns [b, c, h/2, w/2]."""
        return self.conv(functional.pad(x, (0, 1, 0, 1)))  # type: ignore[no-any-return]


class Upsample(nn.Module):
    """Double height and width, then convolve."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        """x: [b, c, h, w]. Returns [b, c, 2h, 2w]."""
        return self.conv(functional.interpolate(x, scale_factor=2.0, mode="nearest"))  # type: ignore[no-any-return]


class Level(nn.Module):
    """The residual blocks of one resolution, then a change of resolution unless it is the last."""

    def __init__(self, in_channels: int, out_channels: int, blocks: int, groups: int) -> None:
        super().__init__()
        self.block = nn.ModuleList(
            ResnetBlock(in_channels if index == 0 else out_channels, out_channels, groups)
            for index in range(blocks)
        )
        self.downsample: nn.Module | None = None
        self.upsample: nn.Module | None = None

    def forward(self, x: Tensor) -> Tensor:
        """x: [b, c, h, w]. Returns [b, c', h', w']."""
        for block in self.block:
            x = block(x)
        for resample in (self.downsample, self.upsample):
            if resample is not None:
                x = resample(x)
        return x


class Encoder(nn.Module):
    """Picture to the mean and log variance of its latent."""

    def __init__(self, config: AutoencoderConfig) -> None:
        super().__init__()
        groups, channels = config.groups, config.base
        self.conv_in = nn.Conv2d(config.image_channels, channels, 3, padding=1)
        self.down = nn.ModuleList()
        for index, multiplier in enumerate(config.multipliers):
            level = Level(channels, config.base * multiplier, config.blocks, groups)
            channels = config.base * multiplier
            if index + 1 < len(config.multipliers):
                level.downsample = Downsample(channels)
            self.down.append(level)
        self.mid = Middle(channels, groups)
        self.norm_out = norm(channels, groups)
        self.conv_out = nn.Conv2d(channels, 2 * config.latent_channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        """x: [b, 3, H, W]. Returns [b, 2c, h, w]: mean and log variance, before `quant_conv`."""
        x = self.conv_in(x)
        for level in self.down:
            x = level(x)
        return self.conv_out(functional.silu(self.norm_out(self.mid(x))))  # type: ignore[no-any-return]


class Decoder(nn.Module):
    """Latent to picture."""

    def __init__(self, config: AutoencoderConfig) -> None:
        super().__init__()
        groups = config.groups
        channels = config.base * config.multipliers[-1]
        self.conv_in = nn.Conv2d(config.latent_channels, channels, 3, padding=1)
        self.mid = Middle(channels, groups)
        levels: list[nn.Module] = []
        for index, multiplier in reversed(list(enumerate(config.multipliers))):
            level = Level(channels, config.base * multiplier, config.blocks + 1, groups)
            channels = config.base * multiplier
            if index:
                level.upsample = Upsample(channels)
            levels.insert(0, level)
        self.up = nn.ModuleList(levels)
        self.norm_out = norm(channels, groups)
        self.conv_out = nn.Conv2d(channels, config.image_channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        """x: [b, c, h, w], unscaled. Returns [b, 3, H, W]."""
        x = self.mid(self.conv_in(x))
        for level in reversed(self.up):
            x = level(x)
        return self.conv_out(functional.silu(self.norm_out(x)))  # type: ignore[no-any-return]


class Autoencoder(nn.Module):
    """Maps pictures to latents of an eighth of their height and width, and back."""

    def __init__(self, config: AutoencoderConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = Encoder(config)
        self.decoder = Decoder(config)
        self.quant_conv = nn.Conv2d(2 * config.latent_channels, 2 * config.latent_channels, 1)
        self.post_quant_conv = nn.Conv2d(config.latent_channels, config.latent_channels, 1)

    def moments(self, pixels: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and log variance of the posterior, unscaled.

        pixels: [b, 3, H, W] in -1..1. Returns two of [b, c, h, w]; the log variance lies in -30..20.
        """
        mean, log_variance = self.quant_conv(self.encoder(pixels)).chunk(2, dim=1)
        return mean, log_variance.clamp(-30.0, 20.0)

    def encode(self, pixels: Tensor) -> Tensor:
        """The posterior's mean, scaled. pixels: [b, 3, H, W] in -1..1; returns [b, c, h, w]."""
        return self.moments(pixels)[0] * self.config.scale

    def decode(self, latent: Tensor) -> Tensor:
        """The picture of a scaled latent. latent: [b, c, h, w]; returns [b, 3, H, W], about -1..1."""
        return self.decoder(self.post_quant_conv(latent / self.config.scale))  # type: ignore[no-any-return]
