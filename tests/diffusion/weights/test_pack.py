from pathlib import Path

import pytest
import torch
from torch import nn

from graphengine.diffusion.models.unet import UNet
from graphengine.diffusion.weights.checkpoint import open_checkpoint
from graphengine.diffusion.weights.pack import (
    PackedConv2d,
    PackedLinear,
    PackedPointwise,
    can_pack,
    packed_layer,
    use_packed_layers,
)
from tests.diffusion.random_weights import TINY_UNET, checkpoint_tensors, relative_error, write_checkpoint

CPU = torch.device("cpu")
pytestmark = pytest.mark.skipif(not can_pack(CPU, torch.float32), reason="torch was built without oneDNN")


def packed_layers(module: nn.Module) -> list[nn.Module]:
    return [layer for layer in module.modules() if isinstance(layer, PackedConv2d | PackedLinear)]


@pytest.mark.parametrize(
    "conv",
    [
        nn.Conv2d(4, 32, 3, padding=1),
        nn.Conv2d(32, 48, 3, stride=2, padding=1),
        nn.Conv2d(32, 16, 1, bias=False),
        nn.Conv2d(32, 32, 3, groups=4, dilation=2),
    ],
    ids=str,
)
def test_a_packed_convolution_computes_the_same(conv: nn.Conv2d) -> None:
    packed = PackedConv2d(conv)
    packed.weight = nn.Parameter(packed.packed(conv.weight.detach()), requires_grad=False)
    for size in ((1, 9, 7), (3, 16, 16)):
        x = torch.randn(size[0], conv.in_channels, *size[1:])
        with torch.inference_mode():
            assert relative_error(packed(x), conv(x)) < 1e-5


@pytest.mark.parametrize("bias", [True, False])
def test_a_packed_linear_layer_computes_the_same(bias: bool) -> None:
    linear = nn.Linear(40, 24, bias=bias)
    packed = PackedLinear(linear)
    packed.weight = nn.Parameter(packed.packed(linear.weight.detach()), requires_grad=False)
    for shape in ((40,), (2, 40), (2, 77, 40), (1, 5, 3, 40)):
        x = torch.randn(shape)
        with torch.inference_mode():
            assert relative_error(packed(x), linear(x)) < 1e-5


def test_a_large_unet_in_half_precision_on_disk_is_packed_and_computes_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_checkpoint(tmp_path / "half.safetensors", dtype=torch.float16)
    assert not packed_layers(open_checkpoint(path).model.load(CPU, torch.float32))
    monkeypatch.setattr("graphengine.diffusion.weights.checkpoint.WORTH_PACKING", 0)
    packed = open_checkpoint(path).model.load(CPU, torch.float32)
    plain = UNet(TINY_UNET)
    prefix = "model.diffusion_model."
    plain.load_state_dict(
        {
            name.removeprefix(prefix): tensor.half().float()
            for name, tensor in checkpoint_tensors().items()
            if name.startswith(prefix)
        }
    )
    assert packed_layers(packed)
    assert list(packed.state_dict()) == list(plain.state_dict())
    for batch, height, width in ((2, 8, 12), (1, 7, 5), (4, 8, 8)):
        x, context = torch.randn(batch, 4, height, width), torch.randn(batch, 7, TINY_UNET.context_width)
        timesteps = torch.linspace(1, 900, batch)
        with torch.inference_mode():
            assert relative_error(packed(x, timesteps, context), plain(x, timesteps, context)) < 1e-5


def test_mapped_weights_stay_mapped(tmp_path: Path) -> None:
    path = write_checkpoint(tmp_path / "full.safetensors")
    assert not packed_layers(open_checkpoint(path).model.load(CPU, torch.float32))


def test_half_precision_is_not_packed(tmp_path: Path) -> None:
    path = write_checkpoint(tmp_path / "full.safetensors")
    assert not packed_layers(open_checkpoint(path).model.load(CPU, torch.float16))


def test_a_pointwise_convolution_is_a_linear_layer() -> None:
    conv = nn.Conv2d(24, 40, 1)
    packed = packed_layer(conv)
    assert isinstance(packed, PackedPointwise)
    packed.weight = nn.Parameter(packed.packed(conv.weight.detach()), requires_grad=False)
    for x in (torch.randn(2, 24, 5, 7), torch.randn(1, 24, 8, 8).to(memory_format=torch.channels_last)):
        with torch.inference_mode():
            assert relative_error(packed(x), conv(x)) < 1e-5


def test_layers_of_other_kinds_are_left_alone() -> None:
    module = nn.Sequential(nn.Conv2d(1, 1, 3), nn.ConvTranspose2d(1, 1, 1), nn.GroupNorm(1, 1))
    use_packed_layers(module)
    assert [type(layer) for layer in module] == [PackedConv2d, nn.ConvTranspose2d, nn.GroupNorm]
