import pytest
import torch

from graphengine.diffusion.models.attention import SpatialTransformer
from graphengine.diffusion.models.unet import UNet, UNetConfig
from tests.diffusion.models.diffusers_twins import unet_twin
from tests.diffusion.random_weights import fill, relative_error

CONFIGS = {
    "two levels": UNetConfig(
        base=32, multipliers=(1, 2), blocks=1, attention=(True, False), context_width=24
    ),
    "attention at the bottom": UNetConfig(
        base=32, multipliers=(1, 2, 2), blocks=2, attention=(False, True, True), context_width=40
    ),
    "no attention but in the middle": UNetConfig(
        base=48, multipliers=(1, 1), blocks=2, attention=(False, False), context_width=16
    ),
    "two deep, inpainting": UNetConfig(
        base=32,
        multipliers=(1, 2),
        blocks=1,
        attention=(True, True),
        depth=2,
        context_width=24,
        in_channels=9,
    ),
    "groups and heads of full size": UNetConfig(
        base=128, multipliers=(1, 2), blocks=1, attention=(True, False), context_width=24
    ),
}


def random_unet(config: UNetConfig) -> UNet:
    with torch.device("meta"):
        unet = UNet(config)
    fill(unet)
    return unet


def error_against_diffusers(config: UNetConfig, height: int, width: int, tokens: int) -> float:
    unet = random_unet(config)
    generator = torch.Generator().manual_seed(1)
    x = torch.randn(2, config.in_channels, height, width, generator=generator)
    context = torch.randn(2, tokens, config.context_width, generator=generator)
    timesteps = torch.tensor([3.0, 871.0])
    with torch.inference_mode():
        got = unet(x, timesteps, context)
        expected = unet_twin(unet)(x, timesteps, encoder_hidden_states=context).sample
    return relative_error(got, expected)


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS.keys())
def test_unet_agrees_with_diffusers(config: UNetConfig) -> None:
    assert error_against_diffusers(config, 8, 12, 5) < 1e-5


def test_unet_agrees_with_diffusers_where_a_side_is_odd() -> None:
    assert error_against_diffusers(CONFIGS["attention at the bottom"], 7, 10, 77) < 1e-5


@pytest.mark.full_size
def test_unet_of_full_size_agrees_with_diffusers() -> None:
    assert error_against_diffusers(UNetConfig(), 16, 16, 77) < 1e-5


def test_unet_depends_on_text_and_time() -> None:
    unet = random_unet(CONFIGS["two levels"])
    x, context = torch.randn(1, 4, 8, 8), torch.randn(1, 5, 24)
    with torch.inference_mode():
        plain = unet(x, torch.tensor([10.0]), context)
        assert relative_error(unet(x, torch.tensor([700.0]), context), plain) > 1e-3
        assert relative_error(unet(x, torch.tensor([10.0]), -context), plain) > 1e-3


def test_unet_names_the_sizes_that_do_not_divide() -> None:
    with pytest.raises(ValueError, match="width 108 is not divisible by 8 heads"):
        SpatialTransformer(108, 24, heads=8, groups=4, depth=1)
