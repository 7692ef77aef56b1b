"""Write a checkpoint of Stable Diffusion 1.5's full size with random weights: 2 GB in half precision.

    python benchmarks/make_checkpoint.py sd15-random.safetensors

Weights are scaled so that activations keep their size from layer to layer, in half precision too. The
pictures are noise; time and memory are those of the real model.
"""

import argparse
import math
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from graphengine.diffusion.models.autoencoder import Autoencoder, AutoencoderConfig
from graphengine.diffusion.models.text_encoder import ClipText, ClipTextConfig
from graphengine.diffusion.models.unet import UNet, UNetConfig


def random_weight(name: str, tensor: Tensor, generator: torch.Generator) -> Tensor:
    """Uniform with variance 1 / fan-in; gains one, offsets small."""
    if tensor.dim() == 1:
        offset = torch.rand(tensor.shape, generator=generator) * 0.02 - 0.01
        return (offset + float(name.endswith(".weight"))).half()
    bound = 1.0 if "_embedding." in name else math.sqrt(3 / math.prod(tensor.shape[1:]))
    return (torch.rand(tensor.shape, generator=generator) * (2 * bound) - bound).half()


def main() -> None:
    """Write the file that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path)
    path: Path = parser.parse_args().file
    generator = torch.Generator().manual_seed(0)
    with torch.device("meta"):
        parts: dict[str, nn.Module] = {
            "model.diffusion_model.": UNet(UNetConfig()),
            "first_stage_model.": Autoencoder(AutoencoderConfig()),
            "cond_stage_model.transformer.": ClipText(ClipTextConfig()),
        }
    tensors = {
        prefix + name: random_weight(name, tensor, generator)
        for prefix, module in parts.items()
        for name, tensor in module.state_dict().items()
    }
    save_file(tensors, path)
    print(f"{path}: {path.stat().st_size / 1e9:.2f} GB, {len(tensors)} tensors")


if __name__ == "__main__":
    main()
