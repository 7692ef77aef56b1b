"""Train the embedded model `shapes`: `python -m graphengine.diffusion.training --help`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import torch
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from graphengine.diffusion.training.autoencoder import (
    batch_of_pictures,
    peak_signal_to_noise,
    train_autoencoder,
    whiten,
)
from graphengine.diffusion.training.run import M, Training
from graphengine.diffusion.training.samples import save_reconstructions, save_samples
from graphengine.diffusion.training.shapes import (
    assemble,
    new_autoencoder,
    new_text_encoder,
    new_unet,
    write_checkpoint,
)
from graphengine.diffusion.training.text_encoder import CaptionReader, train_text_encoder
from graphengine.diffusion.training.unet import Examples, train_unet

SAVE_EVERY = 250
"""Steps between two states on disk."""
SHOW_EVERY = 1000
"""Steps between two sheets of sample pictures."""


def follow(training: Training[M], lines: Iterator[str], progress: Progress) -> Iterator[int]:
    """Run a stage to its end with a progress bar; yields each step's number after it was taken."""
    bar = progress.add_task(training.name, total=training.total, completed=training.done, line="")
    for line in lines:
        progress.update(bar, completed=training.done, line=line)
        if training.done % SAVE_EVERY == 0 or training.done == training.total:
            training.save()
            progress.console.print(f"{training.name} {training.done}/{training.total}: {line}")
        yield training.done


def main(
    folder: Annotated[Path, typer.Option(help="Where states, sample pictures and the result go.")] = Path(
        "shapes"
    ),
    autoencoder_steps: Annotated[int, typer.Option(min=1)] = 5400,
    text_steps: Annotated[int, typer.Option(min=1)] = 1000,
    unet_steps: Annotated[int, typer.Option(min=1)] = 9000,
    pictures: Annotated[
        int, typer.Option(min=64, help="Pictures whose latents the UNet learns from.")
    ] = 12_288,
    seed: Annotated[int, typer.Option(min=0)] = 0,
    device: Annotated[str, typer.Option(help="cpu, cuda, ...")] = "cuda"
    if torch.cuda.is_available()
    else "cpu",
) -> None:
    """Train the autoencoder, the text encoder and the UNet, and write them as one checkpoint.

    Stop it at any time: the same command goes on where it stopped.
    """
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    place = torch.device(device)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[line]}"),
    )
    with Progress(*columns) as progress:
        pixels = Training("autoencoder", new_autoencoder(), folder, autoencoder_steps, 1e-3, seed, place, 200)
        probe = batch_of_pictures("probe", 16).to(place)
        for done in follow(pixels, train_autoencoder(pixels, pixels.module, batch=8), progress):
            if done % SHOW_EVERY == 0:
                save_reconstructions(pixels.result, probe, folder / f"autoencoder-{done:06}.png")
        autoencoder = pixels.result
        whiten(autoencoder, batch_of_pictures("whiten", 256).to(place))
        progress.console.print(f"autoencoder: {peak_signal_to_noise(autoencoder, probe):.1f} dB")

        reader = CaptionReader(new_text_encoder())
        words = Training("text_encoder", reader, folder, text_steps, 2e-3, seed, place, 100)
        for _ in follow(words, train_text_encoder(words, reader, batch=64), progress):
            pass
        text_encoder = words.result.text_encoder

        examples = Examples.make(autoencoder, seed, pictures)
        latents = Training("unet", new_unet(), folder, unet_steps, 8e-4, seed, place, 400)
        lines = train_unet(latents, latents.module, text_encoder, examples, batch=40)
        for done in follow(latents, lines, progress):
            if done % SHOW_EVERY == 0:
                save_samples(latents.result, text_encoder, autoencoder, folder / f"unet-{done:06}.png")
        path = folder / "shapes.safetensors"
        write_checkpoint(assemble(autoencoder, text_encoder, latents.result), path)
        progress.console.print(f"wrote {path}, {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    typer.run(main)
