"""A checkpoint file as three components, each loaded only when it is used."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import ClassVar

import torch

from graphengine.diffusion.models.autoencoder import Autoencoder, AutoencoderConfig
from graphengine.diffusion.models.text_encoder import CLIP_MODULES, ClipText, ClipTextConfig
from graphengine.diffusion.models.unet import UNet, UNetConfig
from graphengine.diffusion.patient_import import import_while_checking
from graphengine.diffusion.sampling.network_denoiser import NetworkDenoiser, Predict
from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule
from graphengine.diffusion.sampling.preconditioning import Prediction
from graphengine.diffusion.weights import detect
from graphengine.diffusion.weights.hashing import hash_file
from graphengine.diffusion.weights.latent_space import detect_latent_space
from graphengine.diffusion.weights.load import load_module
from graphengine.diffusion.weights.parameterisation import parameterisation_of
from graphengine.diffusion.weights.read import open_weights
from graphengine.diffusion.weights.weights_file import WeightsFile

Check = Callable[[], None]
"""Called now and then; what it raises ends the work."""

WORTH_PACKING = 100_000_000
"""Parameters from which packed layers make a UNet faster; with seven million they take four times as long."""


@dataclass(frozen=True)
class Component:
    """Weights of one component of a file that nobody has read yet."""

    part: ClassVar[str]
    """What people call it."""

    path: Path
    sha256: str
    """Of the whole file."""
    parameters: int

    @property
    def key(self) -> tuple[str, str]:
        """Which weights these are, wherever the file lies."""
        return self.sha256, type(self).__name__

    @property
    def title(self) -> str:
        """The file, and which part of it."""
        return f"{self.path.name}, {self.part}"

    def size(self, dtype: torch.dtype) -> int:
        """Bytes of the loaded weights."""
        return self.parameters * dtype.itemsize


@dataclass(frozen=True)
class DiffusionModel(Component):
    """A UNet, what it predicts, and the noise levels that it was trained on."""

    part = "model"

    config: UNetConfig
    prediction: Prediction = "epsilon"
    levels: NoiseLevels = field(default_factory=NoiseSchedule.scaled_linear)
    autoencoder: AutoencoderConfig | None = None
    """Sizes of the autoencoder in the same file, between whose latents and pictures it works."""

    @cached_property
    def latents(self) -> str | None:
        """Which of LATENT_SPACES it works in, where that is known; the file is read when this is asked."""
        return None if self.autoencoder is None else detect_latent_space(self.path, self.autoencoder)

    def denoiser(self, network: Predict, dtype: torch.dtype) -> NetworkDenoiser:
        """A denoiser from the loaded network."""
        return NetworkDenoiser(network, self.levels, self.prediction, dtype)

    def load(self, device: torch.device, dtype: torch.dtype, check: Check | None = None) -> UNet:
        """Read the weights."""
        file = open_weights(self.path, check)
        packed = self.parameters >= WORTH_PACKING
        return load_module(
            lambda: UNet(self.config), file, detect.UNET, device, dtype, packed=packed, check=check
        )


@dataclass(frozen=True)
class TextEncoder(Component):
    """The CLIP text model that prompts are encoded with."""

    part = "text encoder"

    config: ClipTextConfig

    def load(self, device: torch.device, dtype: torch.dtype, check: Check | None = None) -> ClipText:
        """Read the weights."""
        if check is not None:
            import_while_checking(*CLIP_MODULES, check=check)
        file = open_weights(self.path, check)
        return load_module(lambda: ClipText(self.config), file, detect.TEXT, device, dtype, check=check)


@dataclass(frozen=True)
class VAE(Component):
    """The autoencoder between pictures and latents."""

    part = "VAE"

    config: AutoencoderConfig

    def load(self, device: torch.device, dtype: torch.dtype, check: Check | None = None) -> Autoencoder:
        """Read the weights."""
        file = open_weights(self.path, check)
        return load_module(lambda: Autoencoder(self.config), file, detect.VAE, device, dtype, check=check)


@dataclass(frozen=True)
class Checkpoint:
    """A Stable Diffusion 1 checkpoint of any size."""

    path: Path
    sha256: str
    model: DiffusionModel
    text_encoder: TextEncoder
    vae: VAE


def open_checkpoint(path: Path, sha256: str | None = None, check: Check | None = None) -> Checkpoint:
    """Recognise a checkpoint by its header; no weights are read.

    sha256: of the file, where it is known (see FileHashes); else the file is hashed.
    check: called between all that takes long; may raise to stop.
    Raises ModelFileError for a file that is missing, damaged, or not a Stable Diffusion 1 checkpoint.
    """
    look_up = check or (lambda: None)
    look_up()
    file = open_weights(path, check)
    detect.check_family(file)
    look_up()
    unet = detect.detect_unet(file)
    look_up()
    vae = detect.detect_autoencoder(file)
    look_up()
    text = detect.detect_text_encoder(file)
    sha256 = sha256 or hash_file(path, lambda done, total: look_up())
    return Checkpoint(
        path,
        sha256,
        DiffusionModel(
            path,
            sha256,
            count(file, detect.UNET),
            unet,
            *parameterisation_of(file),
            vae,
        ),
        TextEncoder(path, sha256, count(file, f"{detect.TEXT}text_model."), text),
        VAE(path, sha256, count(file, detect.VAE), vae),
    )


def count(file: WeightsFile, prefix: str) -> int:
    """Floating-point values under a prefix."""
    return sum(
        math.prod(entry.shape)
        for name, entry in file.entries.items()
        if name.startswith(prefix) and entry.dtype.is_floating_point
    )
