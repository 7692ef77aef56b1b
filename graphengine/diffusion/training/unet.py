"""Train the UNet: predict the noise in a picture's latent from its caption."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from graphengine.diffusion.models.autoencoder import Autoencoder
from graphengine.diffusion.models.text_encoder import ClipText
from graphengine.diffusion.models.tokenizer import tokenize
from graphengine.diffusion.models.unet import UNet
from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule
from graphengine.diffusion.training.captions import caption
from graphengine.diffusion.training.objective import TimestepSampler, noise_prediction_loss
from graphengine.diffusion.training.pictures import TRAINING_PAIRS, Picture, draw, imagine
from graphengine.diffusion.training.run import Training

UNCAPTIONED = 0.1
"""Share of examples with an empty caption, for guidance (Ho & Salimans 2022, algorithm 1)."""


@dataclass(frozen=True)
class Examples:
    """Pictures with their latents, made once and read many times with ever new captions."""

    pictures: Sequence[Picture]
    latents: Tensor
    """[n, c, h, w], scaled to unit variance."""

    @classmethod
    @torch.no_grad()
    def make(cls, autoencoder: Autoencoder, seed: int, count: int, batch: int = 32) -> "Examples":
        """Draw and encode `count` training pictures."""
        random_source = random.Random(f"examples/{seed}")
        pictures = [imagine(random_source, TRAINING_PAIRS) for _ in range(count)]
        latents = []
        for start in range(0, count, batch):
            pixels = torch.stack([draw(picture) for picture in pictures[start : start + batch]])
            pixels = pixels.to(autoencoder.quant_conv.weight.device, memory_format=torch.channels_last)
            latents.append(autoencoder.encode(pixels).contiguous())
        return cls(pictures, torch.cat(latents))


def train_unet(
    training: Training[UNet], unet: UNet, text_encoder: ClipText, examples: Examples, batch: int
) -> Iterator[str]:
    """Take the remaining steps; yields a line about each."""
    schedule = NoiseSchedule.scaled_linear()
    sampler = TimestepSampler.truncated(schedule)
    generator = torch.Generator()
    for step in training.steps():
        random_source = random.Random(f"{training.name}/{training.seed}/{step}")
        generator.manual_seed(step)
        chosen = random_source.sample(range(len(examples.pictures)), batch)
        texts = [
            ""
            if random_source.random() < UNCAPTIONED
            else caption(random_source, examples.pictures[index])[0]
            for index in chosen
        ]
        x_0 = examples.latents[chosen]
        timesteps = sampler.draw(batch, generator)
        weights = sampler.weights[timesteps].to(training.device)
        timesteps = timesteps.to(training.device)
        eps = torch.randn(x_0.shape, generator=generator).to(x_0)
        with torch.no_grad():
            context = text_encoder(tokenize(texts).to(training.device))
        with training.mixed_precision():
            loss = noise_prediction_loss(unet, schedule, x_0, context, timesteps, eps, weights)
        training.descend(loss)
        yield f"loss {loss.item():.4f}"
