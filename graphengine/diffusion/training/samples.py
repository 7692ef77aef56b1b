"""Sheets of sample pictures, to see how training gets on."""

from pathlib import Path

import torch
from PIL import Image
from torch import Tensor

from graphengine.diffusion.models.autoencoder import Autoencoder
from graphengine.diffusion.models.text_encoder import ClipText, encode_text
from graphengine.diffusion.models.unet import UNet
from graphengine.diffusion.sampling.guidance.classifier_free import ClassifierFree
from graphengine.diffusion.sampling.guided import guided
from graphengine.diffusion.sampling.network_denoiser import NetworkDenoiser
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule
from graphengine.diffusion.sampling.parts import Prompt
from graphengine.diffusion.sampling.run_network import PlainNetwork
from graphengine.diffusion.sampling.sample import sample
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.diffusion.sampling.schedules import SCHEDULES
from graphengine.diffusion.training.pictures import SIZE

CAPTIONS = (
    "a red circle on a white background",
    "a small blue square in the top left corner on a yellow background",
    "a large green triangle",
    "a purple star at the bottom right on a black background",
    "an orange ring on the left, white background",
    "a tiny pink diamond in the middle on a gray background",
    "a big yellow cross at the top on a blue background",
    "a blue circle in the lower left on a white background",
)


@torch.no_grad()
def pictures_of(
    texts: tuple[str, ...],
    unet: UNet,
    text_encoder: ClipText,
    autoencoder: Autoencoder,
    seed: int,
    steps: int = 20,
) -> Tensor:
    """One picture for each text, by DPM-Solver++ with guidance 4: [b, 3, H, W] in -1..1."""
    schedule = NoiseSchedule.scaled_linear()
    rule = ClassifierFree(
        [Prompt(encode_text(text_encoder, texts))],
        [Prompt(encode_text(text_encoder, [""]))],
        scale=4.0,
    )
    cells = SIZE // autoencoder.config.downscale
    nothing = torch.zeros(len(texts), autoencoder.config.latent_channels, cells, cells)
    x_0 = nothing.to(autoencoder.quant_conv.weight.device)
    sigmas = SCHEDULES["karras"](schedule, steps)
    denoise = guided(PlainNetwork(NetworkDenoiser(unet, schedule)), rule, schedule, sigmas.values)
    sampled = sample(denoise, x_0, sigmas, SAMPLERS["dpmpp_2m"], NoiseSource.for_batch(seed, len(texts)))
    return autoencoder.decode(sampled.x).clamp(-1, 1)


def save_samples(unet: UNet, text_encoder: ClipText, autoencoder: Autoencoder, path: Path) -> None:
    """Write a sheet with one picture of each of `CAPTIONS`."""
    save_sheet(pictures_of(CAPTIONS, unet, text_encoder, autoencoder, seed=0), path)


@torch.no_grad()
def save_reconstructions(autoencoder: Autoencoder, pixels: Tensor, path: Path) -> None:
    """Write a sheet with pictures above and what the autoencoder makes of them below."""
    save_sheet(torch.cat([pixels, autoencoder.decode(autoencoder.encode(pixels)).clamp(-1, 1)]), path, rows=2)


def save_sheet(pictures: Tensor, path: Path, rows: int = 1) -> None:
    """Write pictures side by side: [b, 3, H, W] in -1..1."""
    sheet = torch.cat(
        [torch.cat(list(row), dim=-1) for row in pictures[: len(pictures) // rows * rows].chunk(rows)], dim=-2
    )
    pixels = ((sheet + 1) * 127.5).round().byte().permute(1, 2, 0).cpu()  # H W c
    Image.fromarray(pixels.numpy()).save(path)
