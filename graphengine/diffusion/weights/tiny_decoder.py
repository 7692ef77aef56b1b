"""Open a tiny decoder's file, such as the community's `taesd_decoder.safetensors`."""

from dataclasses import dataclass
from pathlib import Path

import torch

from graphengine.diffusion.models.tiny_decoder import TinyDecoder, TinyDecoderConfig
from graphengine.diffusion.weights.checkpoint import Check, Component, count
from graphengine.diffusion.weights.load import load_module
from graphengine.diffusion.weights.part import Part, shapes_of
from graphengine.diffusion.weights.read import open_weights


@dataclass(frozen=True)
class TinyDecoderFile(Component):
    """A decoder small enough to look through while sampling goes on."""

    part = "tiny decoder"

    config: TinyDecoderConfig

    def load(self, device: torch.device, dtype: torch.dtype, check: Check | None = None) -> TinyDecoder:
        """Read the weights."""
        return load_module(
            lambda: TinyDecoder(self.config), open_weights(self.path, check), "", device, dtype, check=check
        )


def open_tiny_decoder(path: Path) -> TinyDecoderFile:
    """Recognise a tiny decoder by its header. Raises ModelFileError for a file that is none."""
    file = open_weights(path)
    part = Part(file, "", "tiny decoder")
    width, latent_channels, *_ = part.shape("1.weight", 4)
    config = TinyDecoderConfig(latent_channels, width)
    with torch.device("meta"):
        part.check(shapes_of(TinyDecoder(config)))
    # Its path stands for its content: a preview is no result, so nothing is keyed by it but memory.
    return TinyDecoderFile(path, f"{path}:{path.stat().st_mtime_ns}", count(file, ""), config)
