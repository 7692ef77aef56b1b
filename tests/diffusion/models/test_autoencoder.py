import pytest
import torch

from graphengine.diffusion.models.autoencoder import Autoencoder, AutoencoderConfig
from tests.diffusion.models.diffusers_twins import autoencoder_twin
from tests.diffusion.random_weights import fill, relative_error

CONFIGS = {
    "one block": AutoencoderConfig(base=16, multipliers=(1, 2), blocks=1),
    "four levels": AutoencoderConfig(base=16, multipliers=(1, 2, 4, 4), blocks=1),
    "two blocks, eight latent channels": AutoencoderConfig(
        base=32, multipliers=(1, 2), blocks=2, latent_channels=8
    ),
}


def random_autoencoder(config: AutoencoderConfig) -> Autoencoder:
    with torch.device("meta"):
        autoencoder = Autoencoder(config)
    fill(autoencoder)
    return autoencoder


def check_against_diffusers(config: AutoencoderConfig, height: int, width: int) -> None:
    autoencoder = random_autoencoder(config)
    twin = autoencoder_twin(autoencoder)
    generator = torch.Generator().manual_seed(1)
    pixels = torch.rand(2, 3, height, width, generator=generator) * 2 - 1
    with torch.inference_mode():
        posterior = twin.encode(pixels).latent_dist
        mean, log_variance = autoencoder.moments(pixels)
        latent = autoencoder.encode(pixels)
        decoded = twin.decode(latent / config.scale).sample
        assert relative_error(mean, posterior.mean) < 1e-5
        assert relative_error(log_variance, posterior.logvar) < 1e-5
        assert relative_error(latent, posterior.mode() * twin.config.scaling_factor) < 1e-5
        assert relative_error(autoencoder.decode(latent), decoded) < 1e-5


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS.keys())
def test_autoencoder_agrees_with_diffusers(config: AutoencoderConfig) -> None:
    check_against_diffusers(config, 32, 48)


@pytest.mark.full_size
def test_autoencoder_of_full_size_agrees_with_diffusers() -> None:
    check_against_diffusers(AutoencoderConfig(), 64, 64)


def test_downscale_is_the_ratio_of_pixels_to_latent() -> None:
    config = CONFIGS["four levels"]
    latent = random_autoencoder(config).encode(torch.zeros(1, 3, 32, 64))
    assert latent.shape == (1, config.latent_channels, 32 // config.downscale, 64 // config.downscale)
