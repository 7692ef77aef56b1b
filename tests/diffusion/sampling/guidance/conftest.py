from pathlib import Path

import pytest
import torch

from graphengine.diffusion.models.unet import UNet, UNetConfig
from graphengine.diffusion.weights.checkpoint import DiffusionModel
from tests.diffusion.models.test_unet import random_unet

CONFIG = UNetConfig(base=32, multipliers=(1, 2), blocks=1, attention=(True, False), context_width=16)


@pytest.fixture(scope="package")
def small_unet() -> UNet:
    """Random weights whose answer has the size of real noise."""
    unet = random_unet(CONFIG)
    with torch.inference_mode():
        answer = unet(torch.randn(4, 4, 8, 8), torch.tensor([1.0, 300, 600, 999]), torch.randn(4, 5, 16))
    unet.out[2].weight /= answer.std()
    return unet


@pytest.fixture(scope="package")
def small_model() -> DiffusionModel:
    """The model that a guider knows, whose network is `small_unet`."""
    return DiffusionModel(Path("small.safetensors"), "0" * 64, 1, CONFIG)
