"""The same networks as `diffusers` has them, holding the very tensors of ours."""

from typing import Any

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from diffusers.loaders.single_file_utils import convert_ldm_unet_checkpoint, convert_ldm_vae_checkpoint

from graphengine.diffusion.models.autoencoder import Autoencoder
from graphengine.diffusion.models.unet import UNet


def unet_twin(unet: UNet) -> UNet2DConditionModel:
    """`diffusers`' UNet with the weights of ours."""
    config = unet.config
    settings: dict[str, Any] = {
        "in_channels": config.in_channels,
        "out_channels": config.out_channels,
        "block_out_channels": tuple(config.base * multiplier for multiplier in config.multipliers),
        "layers_per_block": config.blocks,
        "down_block_types": tuple(
            "CrossAttnDownBlock2D" if attends else "DownBlock2D" for attends in config.attention
        ),
        "up_block_types": tuple(
            "CrossAttnUpBlock2D" if attends else "UpBlock2D" for attends in reversed(config.attention)
        ),
        "transformer_layers_per_block": config.depth,
        "attention_head_dim": config.heads,  # its name for the number of heads
        "norm_num_groups": config.groups,
        "cross_attention_dim": config.context_width,
    }
    with torch.device("meta"):
        twin = UNet2DConditionModel(**settings)
    prefixed = {f"model.diffusion_model.{name}": tensor for name, tensor in unet.state_dict().items()}
    twin.load_state_dict(convert_ldm_unet_checkpoint(prefixed, settings), assign=True)
    return twin.requires_grad_(False).eval()


def autoencoder_twin(autoencoder: Autoencoder) -> AutoencoderKL:
    """`diffusers`' autoencoder with the weights of ours."""
    config = autoencoder.config
    levels = len(config.multipliers)
    settings: dict[str, Any] = {
        "in_channels": config.image_channels,
        "out_channels": config.image_channels,
        "latent_channels": config.latent_channels,
        "block_out_channels": tuple(config.base * multiplier for multiplier in config.multipliers),
        "layers_per_block": config.blocks,
        "down_block_types": ("DownEncoderBlock2D",) * levels,
        "up_block_types": ("UpDecoderBlock2D",) * levels,
        "norm_num_groups": config.groups,
        "scaling_factor": config.scale,
    }
    with torch.device("meta"):
        twin = AutoencoderKL(**settings)
    prefixed = {f"first_stage_model.{name}": tensor for name, tensor in autoencoder.state_dict().items()}
    twin.load_state_dict(convert_ldm_vae_checkpoint(prefixed, settings), assign=True)
    return twin.requires_grad_(False).eval()
