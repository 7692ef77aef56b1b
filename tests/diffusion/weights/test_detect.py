import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor

from graphengine.diffusion.models.autoencoder import AutoencoderConfig
from graphengine.diffusion.models.text_encoder import ClipTextConfig
from graphengine.diffusion.models.unet import UNetConfig
from graphengine.diffusion.weights.detect import (
    check_family,
    detect_autoencoder,
    detect_text_encoder,
    detect_unet,
)
from graphengine.diffusion.weights.weights_file import Entry
from graphengine.errors import ModelFileError
from tests.diffusion.random_weights import TINY_TEXT, TINY_UNET, TINY_VAE, checkpoint_tensors

UNETS = [
    TINY_UNET,
    UNetConfig(base=16, multipliers=(1, 2, 4, 4), blocks=2, context_width=8),
    UNetConfig(base=16, multipliers=(1, 1), blocks=3, attention=(False, False), context_width=8),
    UNetConfig(base=16, multipliers=(1, 3), attention=(False, True), depth=3, in_channels=9, context_width=8),
    UNetConfig(base=16, multipliers=(2,), attention=(True,), blocks=1, context_width=8),
]
VAES = [
    TINY_VAE,
    AutoencoderConfig(base=8, multipliers=(1, 2, 4, 4), blocks=2),
    AutoencoderConfig(base=8, multipliers=(1,), blocks=1, latent_channels=16),
]
TEXTS = [TINY_TEXT, ClipTextConfig(vocabulary=100, width=128, inner=512, layers=3, positions=20)]


class Listed:
    """A file of which nothing but names and shapes is known."""

    def __init__(self, tensors: dict[str, Tensor]) -> None:
        self.path = Path("m.safetensors")
        self.metadata: dict[str, str] = {}
        self.entries = {name: Entry(tuple(tensor.shape), tensor.dtype) for name, tensor in tensors.items()}

    def tensors(self, names: object) -> object:
        raise AssertionError("no tensor should be read")


@pytest.mark.parametrize("config", UNETS, ids=str)
def test_a_unets_sizes_are_read_off_its_tensors(config: UNetConfig) -> None:
    assert detect_unet(Listed(checkpoint_tensors(unet=config))) == config  # type: ignore[arg-type]


@pytest.mark.parametrize("config", VAES, ids=str)
def test_an_autoencoders_sizes_are_read_off_its_tensors(config: AutoencoderConfig) -> None:
    assert detect_autoencoder(Listed(checkpoint_tensors(vae=config))) == config  # type: ignore[arg-type]


@pytest.mark.parametrize("config", TEXTS, ids=str)
def test_a_text_encoders_sizes_are_read_off_its_tensors(config: ClipTextConfig) -> None:
    assert detect_text_encoder(Listed(checkpoint_tensors(text=config))) == config  # type: ignore[arg-type]


U, V, T = "model.diffusion_model.", "first_stage_model.", "cond_stage_model.transformer.text_model."


def detect_all(tensors: dict[str, Tensor]) -> None:
    file = Listed(tensors)
    check_family(file)  # type: ignore[arg-type]
    detect_unet(file)  # type: ignore[arg-type]
    detect_autoencoder(file)  # type: ignore[arg-type]
    detect_text_encoder(file)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.pop(f"{U}input_blocks.0.0.weight"), f"{U}input_blocks.0.0.weight', got no such tensor"),
        (lambda t: t.pop(f"{U}time_embed.0.bias"), "time_embed.0.bias', got 1 tensors are missing"),
        (lambda t: t.update({f"{U}label_emb.0.0.weight": torch.ones(1)}), "label_emb.0.0.weight"),
        (
            lambda t: t.update({f"{U}out.2.bias": torch.ones(7)}),
            r"out.2.bias' of shape \[4\], got shape \[7\]",
        ),
        (lambda t: t.update({f"{U}out.2.weight": torch.ones(7)}), r"of 4 dimensions, got shape \[7\]"),
        (
            lambda t: t.update({f"{U}input_blocks.3.0.in_layers.2.weight": torch.ones(50, 32, 3, 3)}),
            "multiple of 32, got 50 channels",
        ),
        (lambda t: t.pop(f"{V}quant_conv.bias"), f"autoencoder .*{V}quant_conv.bias"),
        (lambda t: t.pop(f"{V}encoder.down.0.block.0.conv1.weight"), "autoencoder .*expected"),
        (lambda t: t.update({f"{V}encoder.conv_in.weight": torch.ones(0, 3, 3, 3)}), r"got shape \[0, 3"),
        (lambda t: t.pop(f"{T}encoder.layers.1.mlp.fc2.bias"), "text encoder .*layers.1.mlp.fc2.bias"),
        (
            lambda t: t.update({f"{T}final_layer_norm.bias": torch.ones(25)}),
            r"final_layer_norm.bias' of shape \[24\], got shape \[25\]",
        ),
    ],
)
def test_what_does_not_fit_is_named(change: Callable[[dict[str, Tensor]], object], message: str) -> None:
    tensors = checkpoint_tensors()
    change(tensors)
    with pytest.raises(ModelFileError, match=message) as caught:
        detect_all(tensors)
    assert str(caught.value).startswith("m.safetensors: ")
    assert caught.value.kind == "unknown_model"


def test_levels_of_unequal_blocks_are_refused() -> None:
    tensors = checkpoint_tensors(unet=replace(TINY_UNET, blocks=2))
    for name in [name for name in tensors if name.startswith(f"{U}input_blocks.5.")]:
        del tensors[name]
    with pytest.raises(ModelFileError, match=re.escape("levels of [2, 1] blocks")):
        detect_all(tensors)


def test_tensors_of_training_beside_the_model_do_not_matter() -> None:
    tensors = checkpoint_tensors() | {
        "betas": torch.ones(1000),
        "model_ema.decay": torch.ones(()),
        f"{V}loss.logvar": torch.ones(()),
        f"{T}embeddings.position_ids": torch.arange(77)[None],
    }
    detect_all(tensors)


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("conditioner.embedders.0.transformer.x", "Stable Diffusion XL"),
        ("cond_stage_model.model.token_embedding.weight", "Stable Diffusion 2"),
        ("lora_unet_down_blocks_0.alpha", "LoRA"),
        ("something.else", "tensors such as 'something.else'"),
    ],
)
def test_another_family_is_named(name: str, family: str) -> None:
    with pytest.raises(ModelFileError, match=f"not a Stable Diffusion 1 checkpoint.*{family}"):
        detect_all({name: torch.ones(1)})


def test_a_component_that_is_not_there_is_named() -> None:
    tensors = {name: tensor for name, tensor in checkpoint_tensors().items() if not name.startswith(V)}
    with pytest.raises(ModelFileError, match=r"nothing in it is named first_stage_model\.\*;"):
        detect_all(tensors)


def test_a_file_without_tensors() -> None:
    with pytest.raises(ModelFileError, match="a file without tensors"):
        detect_all({})
