"""Against diffusers' FreeU. It picks stages by resolution; the authors' code, as ours, by the channels."""

import diffusers.models.unets.unet_2d_blocks as diffusers_blocks
import pytest
import torch
from diffusers.utils.torch_utils import apply_freeu

from graphengine.diffusion.models.freeu import FreeU
from graphengine.diffusion.models.patches import Patches
from graphengine.diffusion.models.unet import UNetConfig
from tests.diffusion.models.diffusers_twins import unet_twin
from tests.diffusion.models.test_unet import random_unet
from tests.diffusion.random_weights import relative_error

FACTORS = {"b1": 1.3, "b2": 1.4, "s1": 0.9, "s2": 0.2}
CONFIG = UNetConfig(base=32, multipliers=(1, 2, 4), blocks=1, attention=(True, True, True), context_width=24)


@pytest.mark.parametrize("channels, stage", [(128, 0), (64, 1), (32, 2)])
@pytest.mark.parametrize("height, width", [(8, 12), (7, 5), (2, 1)])
def test_version_1_as_diffusers_has_it(channels, stage, height, width):
    backbone, skipped = torch.randn(2, channels, height, width), torch.randn(2, 48, height, width)
    got = FreeU(**FACTORS, version=1)(backbone, skipped, widest=128)
    expected = apply_freeu(stage, backbone.clone(), skipped.clone(), **FACTORS)
    torch.testing.assert_close(got, expected, rtol=1e-5, atol=1e-5)


def test_version_2_strengthens_as_the_mean_feature_is_high():
    backbone = torch.randn(2, 8, 4, 4)
    strengthened, _ = FreeU(1.5, 1.0, 1.0, 1.0)(backbone, torch.zeros(2, 8, 4, 4), widest=8)
    for image in range(2):
        mean = backbone[image].mean(0)
        factor = 1 + 0.5 * (mean - mean.min()) / (mean.max() - mean.min())
        torch.testing.assert_close(strengthened[image, :4], backbone[image, :4] * factor)
        assert torch.equal(strengthened[image, 4:], backbone[image, 4:])


def test_version_2_of_flat_features_is_finite():
    flat = torch.ones(1, 8, 4, 4)
    strengthened, _ = FreeU(1.5, 1.5, 1.0, 1.0)(flat, flat, widest=8)
    assert torch.equal(strengthened, flat)


def test_low_frequencies_are_scaled_and_others_kept():
    coarse = torch.ones(1, 1, 8, 8)
    fine = torch.cos(torch.pi * torch.arange(8.0)).expand(1, 1, 8, 8)
    _, scaled = FreeU(1.0, 1.0, 0.25, 1.0)(torch.zeros(1, 8, 8, 8), coarse + fine, widest=8)
    torch.testing.assert_close(scaled, 0.25 * coarse + fine)


def test_a_whole_unet_agrees_with_diffusers(monkeypatch):
    unet = random_unet(CONFIG)
    twin = unet_twin(unet)
    twin.enable_freeu(**FACTORS)

    def by_channels(resolution_idx, hidden_states, res_hidden_states, **factors):
        stage = {128: 0, 64: 1}.get(hidden_states.shape[1], 2)
        return apply_freeu(stage, hidden_states, res_hidden_states, **factors)

    monkeypatch.setattr(diffusers_blocks, "apply_freeu", by_channels)
    x, context, timesteps = torch.randn(2, 4, 8, 8), torch.randn(2, 5, 24), torch.tensor([3.0, 871.0])
    with torch.inference_mode():
        got = unet(x, timesteps, context, Patches(FreeU(**FACTORS, version=1)))
        expected = twin(x, timesteps, encoder_hidden_states=context).sample
        plain = unet(x, timesteps, context)
    assert relative_error(got, expected) < 1e-5
    assert relative_error(plain, expected) > 1e-2
