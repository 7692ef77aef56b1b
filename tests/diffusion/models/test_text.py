"""Keys and values that are kept, against those computed in each pass."""

import gc
import weakref

import pytest
import torch

from graphengine.diffusion.models.attention import CrossAttention
from graphengine.diffusion.models.text import TextMemory, Texts
from graphengine.diffusion.models.unet import UNetConfig
from graphengine.diffusion.weights.pack import can_pack, use_packed_layers
from tests.diffusion.models.test_unet import random_unet
from tests.diffusion.random_weights import fill, relative_error

CONFIG = UNetConfig(base=32, multipliers=(1, 2), blocks=1, attention=(True, False), context_width=24)
ROUNDING = 1e-6
"""A text alone and in a batch goes through matrix products of another shape, which may round otherwise."""


class Counting:
    """Projections of a network's texts, counted by the text's rows."""

    def __init__(self, unet):
        self.rows = 0
        for module in unet.modules():
            if isinstance(module, CrossAttention) and module.to_k.in_features == CONFIG.context_width:
                module.to_k.register_forward_hook(self.count)

    def count(self, layer, inputs, output):
        self.rows += len(inputs[0])


@pytest.fixture
def unet():
    return random_unet(CONFIG)


@pytest.fixture
def texts():
    return torch.randn(3, 1, 7, 24, generator=torch.Generator().manual_seed(4))


def batch(*texts):
    return torch.cat(texts)


@pytest.mark.parametrize("order", [(0,), (0, 0, 0), (0, 0, 1, 1), (0, 1, 0, 2), (2, 1, 0)])
def test_the_answer_is_the_same_with_kept_keys_and_values(unet, texts, order):
    context = batch(*(texts[number] for number in order))
    x, timesteps = torch.randn(len(order), 4, 8, 8), torch.full((len(order),), 500.0)
    memory = TextMemory()
    with torch.inference_mode():
        expected = unet(x, timesteps, context)
        for _ in range(2):
            assert relative_error(unet(x, timesteps, memory.recall(context)), expected) < ROUNDING


def test_each_text_is_projected_once_in_whatever_batches_it_occurs(unet, texts):
    one, two, three = texts
    counting, memory = Counting(unet), TextMemory()
    x = torch.randn(4, 4, 8, 8)
    contexts = [batch(one, one, two, two), batch(one, one), batch(one, three, two, two)]
    with torch.inference_mode():
        for context in contexts * 3:
            unet(x[: len(context)], torch.full((len(context),), 500.0), memory.recall(context))
    assert counting.rows == 3 * 4  # texts times layers that attend to them


def test_nothing_is_copied_for_images_of_one_text(unet, texts):
    attention = unet.middle_block[1].transformer_blocks[0].attn2
    known = TextMemory().recall(texts[0].expand(8, -1, -1))
    assert isinstance(known, Texts)
    keys, values = known.keys_values(attention)
    assert keys.shape[0] == values.shape[0] == 8
    assert keys.stride(0) == values.stride(0) == 0


def test_the_same_tensor_is_known_without_a_look_at_its_numbers(texts, monkeypatch):
    memory = TextMemory()
    context = batch(texts[0], texts[1])
    known = memory.recall(context)

    def compared(*_):
        raise AssertionError("numbers were compared")

    monkeypatch.setattr(torch, "equal", compared)
    assert memory.recall(context) is known


def test_no_more_than_the_most_texts_are_kept(unet):
    memory = TextMemory(most=2)
    contexts = [torch.randn(1, 7, 24) for _ in range(5)]
    kept = [weakref.ref(memory.recall(context)) for context in contexts]
    gc.collect()
    assert [known() is not None for known in kept] == [False, False, False, True, True]
    too_many = torch.randn(3, 7, 24)
    assert memory.recall(too_many) is too_many
    assert isinstance(memory.recall(batch(*contexts[:2])), Texts)


def test_copies_of_a_text_are_forgotten_too(texts):
    memory = TextMemory(most=2)
    copies = [weakref.ref(copy) for copy in (texts[0].clone() for _ in range(5)) if memory.recall(copy)]
    gc.collect()
    assert [copy() is not None for copy in copies] == [True, False, False, True, True]


def test_all_is_freed_with_the_memory(unet, texts):
    attention = unet.middle_block[1].transformer_blocks[0].attn2
    memory = TextMemory()
    keys, _ = memory.recall(texts[0]).keys_values(attention)
    kept = weakref.ref(keys)
    del keys, memory
    assert kept() is None


@pytest.mark.skipif(not can_pack(torch.device("cpu"), torch.float32), reason="no packed layers in this torch")
def test_packed_layers_keep_theirs_too(texts):
    with torch.device("meta"):
        attention = CrossAttention(64, 24, heads=4)
    fill(attention)
    use_packed_layers(attention)
    for layer in attention.modules():
        if hasattr(layer, "packed"):
            layer.weight = torch.nn.Parameter(layer.packed(layer.weight), requires_grad=False)
    x, context = torch.randn(4, 6, 64), batch(texts[0], texts[0], texts[1], texts[2])
    with torch.inference_mode():
        expected = attention(x, context)
        assert relative_error(attention(x, TextMemory().recall(context)), expected) < ROUNDING
