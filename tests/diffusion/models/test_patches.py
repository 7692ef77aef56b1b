"""Patched passes, against diffusers where its modules can be changed in the same way."""

import pytest
import torch
from torch import nn

from graphengine.diffusion.models.patches import Patches
from graphengine.diffusion.models.unet import UNet, UNetConfig
from tests.diffusion.models.diffusers_twins import unet_twin
from tests.diffusion.models.test_unet import random_unet
from tests.diffusion.random_weights import relative_error

CONFIG = UNetConfig(base=32, multipliers=(1, 2), blocks=1, attention=(True, False), context_width=24, depth=2)
NAMES = ["input.1", "middle", "output.2", "output.3"]


@pytest.fixture(scope="module")
def unet() -> UNet:
    return random_unet(CONFIG)


@pytest.fixture(scope="module")
def inputs():
    generator = torch.Generator().manual_seed(2)
    x = torch.randn(2, 4, 8, 8, generator=generator)
    return x, torch.tensor([3.0, 871.0]), torch.randn(2, 5, 24, generator=generator)


def theirs(unet, inputs, change):
    """diffusers' answer after `change` was made to the blocks of its attention layers, by our names."""
    twin = unet_twin(unet)
    layers = {
        "input.1": twin.down_blocks[0].attentions[0],
        "middle": twin.mid_block.attentions[0],
        "output.2": twin.up_blocks[1].attentions[0],
        "output.3": twin.up_blocks[1].attentions[1],
    }
    for name, layer in layers.items():
        change(name, layer)
    x, timesteps, context = inputs
    with torch.inference_mode():
        return twin(x, timesteps, encoder_hidden_states=context).sample


class ToItself(nn.Module):
    """Attention whose map is the identity, in the place of diffusers' attention."""

    def __init__(self, attention):
        super().__init__()
        self.attention = attention

    def forward(self, hidden_states, **_):
        return self.attention.to_out[1](self.attention.to_out[0](self.attention.to_v(hidden_states)))


class Same(nn.Module):
    """Leaves things as they are."""

    def forward(self, hidden_states, **_):
        return hidden_states


def answer(unet, inputs, **patches):
    with torch.inference_mode():
        return unet(*inputs, Patches(attention=patches))


def test_attention_layers_are_named_by_their_blocks(unet):
    assert list(unet.attention_layers) == NAMES


@pytest.mark.parametrize("names", [["middle"], ["input.1", "output.3"]])
def test_identity_attention_agrees_with_diffusers(unet, inputs, names):
    def change(name, layer):
        if name in names:
            for block in layer.transformer_blocks:
                block.attn1 = ToItself(block.attn1)

    got = answer(unet, inputs, **dict.fromkeys(names, "identity"))
    assert relative_error(got, theirs(unet, inputs, change)) < 1e-5
    assert relative_error(got, answer(unet, inputs)) > 1e-4


@pytest.mark.parametrize("names", [["middle"], ["input.1", "output.3"]])
def test_skipped_layers_agree_with_diffusers(unet, inputs, names):
    def change(name, layer):
        if name in names:
            layer.transformer_blocks = nn.ModuleList(Same() for _ in layer.transformer_blocks)

    got = answer(unet, inputs, **dict.fromkeys(names, "skipped"))
    assert relative_error(got, theirs(unet, inputs, change)) < 1e-5
    assert relative_error(got, answer(unet, inputs)) > 1e-4


def test_identity_attention_is_attention_where_there_is_one_position(unet):
    attention = unet.middle_block[1].transformer_blocks[0].attn1
    x = torch.randn(2, 1, 64)
    torch.testing.assert_close(attention.identity(x), attention(x))


def test_the_map_of_attention_is_that_which_attention_follows(unet):
    attention = unet.middle_block[1].transformer_blocks[0].attn1
    single = type(attention)(64, 64, heads=1)
    x = torch.randn(2, 6, 64)
    with torch.inference_mode():
        followed = single.to_out(single.attention_map(x) @ single.to_v(x))
        torch.testing.assert_close(followed, single(x))
        torch.testing.assert_close(attention.attention_map(x).sum(-1), torch.ones(2, 6))


def test_a_patched_pass_leaves_the_network_as_it_was(unet, inputs):
    before = answer(unet, inputs)
    answer(unet, inputs, middle="identity")
    assert torch.equal(answer(unet, inputs), before)
