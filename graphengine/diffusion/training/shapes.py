"""The embedded model `shapes`: its sizes, and its parts put together as one Stable Diffusion 1 checkpoint."""

from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from graphengine.diffusion.models.autoencoder import Autoencoder, AutoencoderConfig
from graphengine.diffusion.models.text_encoder import ClipText, ClipTextConfig
from graphengine.diffusion.models.unet import UNet, UNetConfig
from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule

AUTOENCODER = AutoencoderConfig(base=16, multipliers=(1, 2, 4, 4), blocks=1)
UNET = UNetConfig(base=48, multipliers=(1, 2, 2, 2), attention=(False, True, True, False), context_width=64)
TEXT_ENCODER = ClipTextConfig(width=64, inner=256, layers=3)


def new_autoencoder() -> Autoencoder:
    """An untrained autoencoder whose posterior starts narrow, so that it learns to reconstruct first."""
    autoencoder = Autoencoder(AUTOENCODER)
    with torch.no_grad():
        torch.as_tensor(autoencoder.quant_conv.bias)[AUTOENCODER.latent_channels :] -= 8
    return autoencoder


def new_unet() -> UNet:
    """An untrained UNet that predicts zero: the layers that end a residual, and the last, start at zero."""
    unet = UNet(UNET)
    for name, parameter in unet.named_parameters():
        if any(ending in name for ending in ("out_layers.3.", "proj_out.")) or name.startswith("out.2."):
            nn.init.zeros_(parameter)
    return unet


def new_text_encoder() -> ClipText:
    """An untrained text encoder, with small embeddings so that words unseen in training say little."""
    text_encoder = ClipText(TEXT_ENCODER)
    for name, parameter in text_encoder.named_parameters():
        if "embedding" in name:
            nn.init.normal_(parameter, std=0.02)
    return text_encoder


def assemble(autoencoder: nn.Module, text_encoder: nn.Module, unet: nn.Module) -> dict[str, Tensor]:
    """All parameters in half precision, under the names of a Stable Diffusion 1 checkpoint."""
    parts = {
        "first_stage_model.": autoencoder.state_dict(),
        "cond_stage_model.transformer.": text_encoder.state_dict(),
        "model.diffusion_model.": unet.state_dict(),
    }
    checkpoint = {
        prefix + name: value.detach().cpu().half().contiguous()
        for prefix, state in parts.items()
        for name, value in state.items()
        if value.is_floating_point()
    }
    checkpoint["alphas_cumprod"] = NoiseSchedule.scaled_linear().alphas_cumprod
    return checkpoint


def write_checkpoint(checkpoint: dict[str, Tensor], path: Path) -> None:
    """Write the file beside its place, then put it there."""
    beside = path.with_suffix(".part")
    save_file(
        checkpoint, beside, metadata={"format": "pt", "license": "Apache-2.0", "title": "graphengine shapes"}
    )
    beside.replace(path)
