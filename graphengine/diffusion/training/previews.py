"""Fit what previews of `shapes` need: `python -m graphengine.diffusion.training.previews`.

It prints the colours of its latents, for `models/latent_space.py`, and trains the tiny decoder, in a few
minutes on one CPU core.
"""

import math
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import torch
import typer
from rich.progress import track
from safetensors.torch import save_file
from torch import Tensor
from torch.nn import functional

from graphengine.diffusion.models.autoencoder import Autoencoder
from graphengine.diffusion.models.tiny_decoder import TinyDecoder, TinyDecoderConfig
from graphengine.diffusion.training.autoencoder import batch_of_pictures
from graphengine.diffusion.training.run import Training
from graphengine.diffusion.weights.checkpoint import open_checkpoint

WIDTH = 16
"""Channels of the tiny decoder: a quarter of TAESD's are plenty for flat colours."""
WINDOW = 8
"""Latent positions in height and width of what one step sees."""


@torch.no_grad()
def encode_pictures(autoencoder: Autoencoder, pixels: Tensor) -> Tensor:
    """Latents of pictures, a few at a time: [b, 3, H, W] in -1..1 to [b, c, h, w]."""
    return torch.cat([autoencoder.encode(part) for part in pixels.split(16)])


def fit_colours(latents: Tensor, pixels: Tensor) -> tuple[Tensor, Tensor]:
    """The linear map from latents to pictures of their size with the least squared error.

    latents: [b, c, h, w]; pixels: [b, 3, H, W] in -1..1. Returns rgb, [c, 3], and bias, [3].
    """
    small = functional.interpolate(pixels, size=latents.shape[-2:], mode="area")
    known = latents.movedim(1, -1).flatten(0, 2).double()  # (b h w) c
    wanted = small.movedim(1, -1).flatten(0, 2).double()  # (b h w) 3
    solved = torch.linalg.lstsq(torch.cat([known, known.new_ones(len(known), 1)], dim=1), wanted).solution
    return solved[:-1], solved[-1]


def train_tiny_decoder(
    training: Training[TinyDecoder], latents: Tensor, pixels: Tensor, batch: int
) -> Iterator[str]:
    """Take the remaining steps on windows of the pictures; yields a line about each."""
    generator = torch.Generator()
    cell = pixels.shape[-1] // latents.shape[-1]
    for step in training.steps():
        generator.manual_seed(step)
        chosen = torch.randint(len(latents), (batch,), generator=generator)
        top, left = torch.randint(latents.shape[-1] - WINDOW + 1, (2,), generator=generator).tolist()
        seen = latents[chosen, :, top : top + WINDOW, left : left + WINDOW]
        height, width = (slice(start * cell, (start + WINDOW) * cell) for start in (top, left))
        wanted = (pixels[chosen][:, :, height, width] + 1) / 2
        decoded = training.module(seen)
        loss = functional.l1_loss(decoded, wanted) + functional.mse_loss(decoded, wanted)
        training.descend(loss)
        yield f"loss {loss.item():.4f}"


def main(
    checkpoint: Annotated[Path, typer.Argument(help="The finished shapes.safetensors.")],
    output: Annotated[Path, typer.Option(help="Where the tiny decoder goes.")] = Path(
        "shapes_decoder.safetensors"
    ),
    pictures: Annotated[int, typer.Option(min=16)] = 768,
    steps: Annotated[int, typer.Option(min=1)] = 2500,
    batch: Annotated[int, typer.Option(min=1)] = 16,
) -> None:
    """Print the colours and write the tiny decoder."""
    torch.manual_seed(0)
    autoencoder = open_checkpoint(checkpoint).vae.load(torch.device("cpu"), torch.float32)
    pixels = batch_of_pictures("previews", pictures)
    latents = encode_pictures(autoencoder, pixels)
    rgb, bias = fit_colours(latents, pixels)
    for row in rgb.tolist():
        print(f"({', '.join(f'{value:.4f}' for value in row)}),")
    print(f"bias=({', '.join(f'{value:.4f}' for value in bias.tolist())})")

    decoder = TinyDecoder(TinyDecoderConfig(autoencoder.config.latent_channels, WIDTH))
    with TemporaryDirectory() as folder:
        training = Training(
            "tiny decoder", decoder, Path(folder), steps, 2e-3, seed=0, device=torch.device("cpu"),
            average_over=100,
        )  # fmt: skip
        lines = train_tiny_decoder(training, latents, pixels, batch)
        *_, line = track(lines, "tiny decoder", total=steps)
    decoder = training.result
    probe = batch_of_pictures("probe", 16)
    error = functional.mse_loss(decoder(encode_pictures(autoencoder, probe)), (probe + 1) / 2).item()
    print(f"{line}, {-10 * math.log10(error):.1f} dB on pictures that it has not seen")
    weights = {name: value.half().contiguous() for name, value in decoder.state_dict().items()}
    save_file(
        weights, output, metadata={"format": "pt", "license": "Apache-2.0", "title": "graphengine shapes"}
    )
    print(f"wrote {output}, {output.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    typer.run(main)
