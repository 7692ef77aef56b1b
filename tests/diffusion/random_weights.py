"""Modules and checkpoints of random weights, in which activations keep their size from layer to layer."""

import math
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from graphengine.diffusion.models.autoencoder import Autoencoder, AutoencoderConfig
from graphengine.diffusion.models.text_encoder import ClipText, ClipTextConfig
from graphengine.diffusion.models.unet import UNet, UNetConfig

TINY_UNET = UNetConfig(base=32, multipliers=(1, 2), blocks=1, attention=(True, False), context_width=24)
TINY_VAE = AutoencoderConfig(base=16, multipliers=(1, 2), blocks=1)
TINY_TEXT = ClipTextConfig(vocabulary=49408, width=24, inner=48, layers=2)


POOL = 4_000_037
"""Random numbers that are drawn; larger tensors repeat them, with a period that is a prime."""


def randomise(shapes: dict[str, torch.Size], seed: int = 0) -> dict[str, Tensor]:
    """Uniform weights of variance 1 / fan-in; gains about 1, offsets about 0."""
    pool = torch.rand(POOL, generator=torch.Generator().manual_seed(seed)) * 2 - 1
    state = {}
    start = 0
    for name, shape in shapes.items():
        gain = name.endswith(".weight") and len(shape) == 1
        bound = math.sqrt(3 / max(1, math.prod(shape[1:]))) if len(shape) > 1 else 0.2
        if "_embedding." in name:
            bound = 1.0
        count = math.prod(shape)
        long_enough = pool.repeat(2 + count // POOL) if start + count > POOL else pool
        drawn = long_enough[start : start + count] * bound
        state[name] = (drawn + 1 if gain else drawn).reshape(shape)
        start = (start + count) % POOL
    return state


def fill(module: nn.Module, seed: int = 0) -> nn.Module:
    """Give random weights to a module that was built on the meta device."""
    shapes = {name: tensor.shape for name, tensor in module.state_dict().items()}
    module.load_state_dict(randomise(shapes, seed), assign=True)
    return module.requires_grad_(False).eval()


def checkpoint_tensors(
    unet: UNetConfig = TINY_UNET, vae: AutoencoderConfig = TINY_VAE, text: ClipTextConfig = TINY_TEXT
) -> dict[str, Tensor]:
    """All tensors of a Stable Diffusion 1 checkpoint."""
    with torch.device("meta"):
        parts: dict[str, nn.Module] = {
            "model.diffusion_model.": UNet(unet),
            "first_stage_model.": Autoencoder(vae),
            "cond_stage_model.transformer.": ClipText(text),
        }
    return randomise(
        {
            prefix + name: tensor.shape
            for prefix, module in parts.items()
            for name, tensor in module.state_dict().items()
        }
    )


def write_checkpoint(
    path: Path, tensors: dict[str, Tensor] | None = None, dtype: torch.dtype = torch.float32
) -> Path:
    """Write tensors as a safetensors file; a tiny checkpoint where none are given."""
    tensors = checkpoint_tensors() if tensors is None else tensors
    save_file({name: tensor.to(dtype).contiguous() for name, tensor in tensors.items()}, path)
    return path


def relative_error(got: Tensor, expected: Tensor) -> float:
    """Length of the difference over the length of what was expected."""
    assert got.shape == expected.shape
    assert expected.isfinite().all()
    return float((got.double() - expected.double()).norm() / expected.double().norm())
