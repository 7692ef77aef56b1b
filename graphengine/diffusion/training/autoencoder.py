"""Train the autoencoder: pictures to latents of unit variance and back."""

import math
import random
from collections.abc import Iterator

import torch
from torch import Tensor
from torch.nn import functional

from graphengine.diffusion.models.autoencoder import Autoencoder
from graphengine.diffusion.training.pictures import SIZE, TRAINING_PAIRS, draw, imagine
from graphengine.diffusion.training.run import Training

KL_WEIGHT = 1e-6
"""Weight of the Kullback-Leibler term (Rombach et al. 2022, appendix G)."""


CROPPED = 0.75
"""Share of the steps that see windows of half the height and width: four times as many steps in a second."""


def batch_of_pictures(seed: str, count: int, window: int = SIZE) -> Tensor:
    """Training pictures, or square windows of them, the same for the same seed: [b, 3, H, W] in -1..1."""
    random_source = random.Random(seed)
    pictures = []
    for _ in range(count):
        pixels = draw(imagine(random_source, TRAINING_PAIRS))
        top, left = (random_source.randint(0, SIZE - window) for _ in range(2))
        pictures.append(pixels[:, top : top + window, left : left + window])
    return torch.stack(pictures)


def reconstruction_loss(autoencoder: Autoencoder, pixels: Tensor, generator: torch.Generator) -> Tensor:
    """Absolute plus squared error of a picture decoded from a sample of its posterior, plus the KL term."""
    mean, log_variance = autoencoder.moments(pixels)
    mean, log_variance = mean.float(), log_variance.float()
    noise = torch.randn(mean.shape, generator=generator).to(mean)
    sample = mean + (0.5 * log_variance).exp() * noise
    decoded = autoencoder.decode(sample * autoencoder.config.scale).float()
    kl = 0.5 * (mean**2 + log_variance.exp() - 1 - log_variance).sum() / pixels.numel()
    return functional.l1_loss(decoded, pixels) + 2 * functional.mse_loss(decoded, pixels) + KL_WEIGHT * kl


def train_autoencoder(training: Training[Autoencoder], autoencoder: Autoencoder, batch: int) -> Iterator[str]:
    """Take the remaining steps; yields a line about each."""
    generator = torch.Generator()
    autoencoder.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    for step in training.steps():
        generator.manual_seed(step)
        window = SIZE // 2 if step < CROPPED * training.total else SIZE
        pixels = batch_of_pictures(f"{training.name}/{training.seed}/{step}", batch, window)
        pixels = pixels.to(training.device, memory_format=torch.channels_last)
        with training.mixed_precision():
            loss = reconstruction_loss(autoencoder, pixels, generator)
        training.descend(loss)
        yield f"loss {loss.item():.4f}"


@torch.no_grad()
def whiten(autoencoder: Autoencoder, pixels: Tensor) -> None:
    """Fold an affine map into the two 1x1 convolutions so that scaled latents have mean 0 and variance 1.

    Stable Diffusion divides by one measured deviation; folding keeps its constant 0.18215 for any
    autoencoder.
    """
    mean, _ = autoencoder.moments(pixels)
    shift = mean.mean(dim=(0, 2, 3))
    factor = 1 / (autoencoder.config.scale * mean.std(dim=(0, 2, 3)))
    channels = autoencoder.config.latent_channels
    into, back = autoencoder.quant_conv, autoencoder.post_quant_conv
    into_bias, back_bias = torch.as_tensor(into.bias), torch.as_tensor(back.bias)
    into.weight[:channels] *= factor[:, None, None, None]
    into_bias[:channels] = (into_bias[:channels] - shift) * factor
    into_bias[channels:] += 2 * factor.log()
    back_bias += back.weight[:, :, 0, 0] @ shift
    back.weight /= factor[None, :, None, None]


@torch.no_grad()
def peak_signal_to_noise(autoencoder: Autoencoder, pixels: Tensor) -> float:
    """Decibels between pictures and their reconstructions, for a range of 2."""
    decoded = autoencoder.decode(autoencoder.encode(pixels)).clamp(-1, 1)
    return 10 * math.log10(4 / functional.mse_loss(decoded, pixels).item())
