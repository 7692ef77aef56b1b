"""Recognise the latent space of a checkpoint by its autoencoder."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import torch

from graphengine.diffusion.models.autoencoder import AutoencoderConfig
from graphengine.diffusion.weights.detect import VAE
from graphengine.diffusion.weights.read import open_weights

ENTRANCE = (f"{VAE}post_quant_conv.weight", f"{VAE}post_quant_conv.bias")
"""The few numbers through which every latent passes on its way to a picture."""

KNOWN: Mapping[str, str] = MappingProxyType(
    {"5529511c6a4b736ff02934f5a9a4070c65ae01e735077e02cda01a1ebd85cd87": "shapes"}
)
"""Latent spaces by the SHA-256 of those numbers in half precision."""


def detect_latent_space(path: Path, config: AutoencoderConfig) -> str | None:
    """A name in LATENT_SPACES, or None for an autoencoder that nobody fitted colours for.

    path, config: of the checkpoint and of the autoencoder in it, which is read where its sizes tell nothing.
    Autoencoders of Stable Diffusion 1's size differ in their decoders alone, and share its latents.
    """
    if config == AutoencoderConfig():
        return "sd1"
    numbers = dict(open_weights(path).tensors(ENTRANCE))
    entrance = torch.cat([numbers[name].flatten() for name in ENTRANCE]).half()
    return KNOWN.get(hashlib.sha256(entrance.numpy().tobytes()).hexdigest())
