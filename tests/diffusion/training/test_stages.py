"""Each stage learns something in a few steps of a tiny version of itself."""

from pathlib import Path

import pytest
import torch

from graphengine.diffusion.models.autoencoder import Autoencoder, AutoencoderConfig
from graphengine.diffusion.models.text_encoder import ClipText, ClipTextConfig
from graphengine.diffusion.models.unet import UNet, UNetConfig
from graphengine.diffusion.training import shapes
from graphengine.diffusion.training.autoencoder import (
    batch_of_pictures,
    reconstruction_loss,
    train_autoencoder,
    whiten,
)
from graphengine.diffusion.training.run import Training
from graphengine.diffusion.training.text_encoder import CaptionReader, train_text_encoder
from graphengine.diffusion.training.unet import Examples, train_unet

CPU = torch.device("cpu")


def tiny_autoencoder() -> Autoencoder:
    torch.manual_seed(0)
    return Autoencoder(AutoencoderConfig(base=8, multipliers=(1, 1, 1, 1), blocks=1))


def tiny_text_encoder() -> ClipText:
    torch.manual_seed(0)
    return ClipText(ClipTextConfig(width=32, inner=64, layers=1))


def test_the_autoencoder_learns(tmp_path: Path) -> None:
    autoencoder = tiny_autoencoder()
    probe = batch_of_pictures("probe", 8, 32)

    def loss() -> float:
        with torch.no_grad():
            return reconstruction_loss(autoencoder, probe, torch.Generator().manual_seed(0)).item()

    before = loss()
    training = Training("autoencoder", autoencoder, tmp_path, 60, 5e-3, 0, CPU)
    assert len(list(train_autoencoder(training, autoencoder, batch=4))) == 60
    assert loss() < 0.9 * before


def test_whitened_latents_have_unit_variance_and_decode_to_the_same() -> None:
    autoencoder = tiny_autoencoder()
    pixels = batch_of_pictures("whiten", 8)
    with torch.no_grad():
        before = autoencoder.decode(autoencoder.encode(pixels))
        log_variance = autoencoder.moments(pixels)[1]
        whiten(autoencoder, pixels)
        latents = autoencoder.encode(pixels)
        after = autoencoder.decode(latents)
        shifted = autoencoder.moments(pixels)[1] - log_variance
    assert latents.mean((0, 2, 3)).abs().max().item() < 1e-4
    assert latents.std((0, 2, 3)).tolist() == pytest.approx([1.0] * 4, rel=1e-4)
    assert (after - before).abs().max().item() < 1e-3
    assert shifted.std((0, 2, 3)).max().item() < 1e-4


def test_the_text_encoder_learns(tmp_path: Path) -> None:
    reader = CaptionReader(tiny_text_encoder())
    training = Training("text_encoder", reader, tmp_path, 60, 1e-2, 0, CPU)
    lines = list(train_text_encoder(training, reader, batch=8))
    first, last = (
        sum(float(line.split()[1].rstrip(",")) for line in part) for part in (lines[:10], lines[-10:])
    )
    assert last < 0.9 * first


def test_the_unet_learns(tmp_path: Path) -> None:
    torch.manual_seed(0)
    unet = UNet(UNetConfig(base=16, multipliers=(1, 1, 1, 1), blocks=1, context_width=32))
    examples = Examples.make(tiny_autoencoder(), seed=0, count=16)
    assert examples.latents.shape == (16, 4, 16, 16)
    training = Training("unet", unet, tmp_path, 40, 3e-3, 0, CPU)
    lines = list(train_unet(training, unet, tiny_text_encoder(), examples, batch=8))
    first, last = (sum(float(line.split()[1]) for line in part) for part in (lines[:8], lines[-8:]))
    assert last < 0.8 * first


def test_an_untrained_unet_predicts_no_noise() -> None:
    unet = shapes.new_unet()
    predicted = unet(torch.randn(1, 4, 16, 16), torch.tensor([500]), torch.randn(1, 77, 64))
    assert predicted.abs().max().item() == 0


def test_the_parts_together_are_a_stable_diffusion_1_checkpoint(tmp_path: Path) -> None:
    from graphengine.diffusion.weights.checkpoint import open_checkpoint

    parts = shapes.new_autoencoder(), shapes.new_text_encoder(), shapes.new_unet()
    path = tmp_path / "shapes.safetensors"
    shapes.write_checkpoint(shapes.assemble(*parts), path)
    checkpoint = open_checkpoint(path)
    assert path.stat().st_size < 24e6
    assert checkpoint.vae.config == shapes.AUTOENCODER
    assert checkpoint.model.config == shapes.UNET
    assert checkpoint.text_encoder.config == shapes.TEXT_ENCODER
    loaded = checkpoint.text_encoder.load(CPU, torch.float16).state_dict()
    for name, value in parts[1].state_dict().items():
        assert torch.equal(loaded[name], value.half())
