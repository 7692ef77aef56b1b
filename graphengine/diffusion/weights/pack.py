"""Weights in the layout that the CPU computes with: put there once, not anew at every call.

oneDNN, torch's library for convolutions on the CPU, works on blocks of channels. Weights in torch's own
layout are rearranged whenever they are used, which at low resolutions takes longer than the convolution.
"""

import torch
from torch import Tensor, nn


class PackedConv2d(nn.Module):
    """A convolution for inference in float32 on the CPU; computes channels last."""

    def __init__(self, conv: nn.Conv2d) -> None:
        super().__init__()
        if isinstance(conv.padding, str):
            raise ValueError(f"a packed convolution needs its padding as numbers, got {conv.padding!r}")
        self.padding, self.stride, self.dilation = list(conv.padding), list(conv.stride), list(conv.dilation)
        self.groups = conv.groups
        self.weight = conv.weight
        self.bias = conv.bias

    def packed(self, weight: Tensor) -> Tensor:
        """A float32 weight in the library's layout, a copy."""
        reordered: Tensor = torch._C._nn.mkldnn_reorder_conv2d_weight(
            weight.to_mkldnn(), self.padding, self.stride, self.dilation, self.groups
        )
        return reordered

    def forward(self, x: Tensor) -> Tensor:
        """x: [b, c, h, w]. Returns [b, c', h', w']."""
        x = x.contiguous(memory_format=torch.channels_last)
        convolved: Tensor = torch.ops.mkldnn._convolution_pointwise(
            x, self.weight, self.bias, self.padding, self.stride, self.dilation, self.groups, "none", [], ""
        )
        return convolved


class PackedLinear(nn.Module):
    """A linear layer for inference in float32 on the CPU."""

    def __init__(self, layer: nn.Linear | nn.Conv2d) -> None:
        super().__init__()
        self.weight = layer.weight
        self.bias = layer.bias

    def packed(self, weight: Tensor) -> Tensor:
        """A float32 weight in the library's layout, a copy."""
        reordered: Tensor = torch.ops.mkldnn._reorder_linear_weight(weight)
        return reordered

    def forward(self, x: Tensor) -> Tensor:
        """x: [..., d]. Returns [..., d']."""
        multiplied: Tensor = torch.ops.mkldnn._linear_pointwise(x, self.weight, self.bias, "none", [], "")
        return multiplied


class PackedPointwise(PackedLinear):
    """A 1x1 convolution for inference in float32 on the CPU: a linear layer at each position."""

    def packed(self, weight: Tensor) -> Tensor:
        """A float32 weight in the library's layout, a copy."""
        return super().packed(weight.flatten(1))

    def forward(self, x: Tensor) -> Tensor:
        """x: [b, c, h, w]. Returns [b, c', h, w]."""
        positions = x.contiguous(memory_format=torch.channels_last).permute(0, 2, 3, 1)  # b h w c
        return super().forward(positions).permute(0, 3, 1, 2)  # b c h w


def can_pack(device: torch.device, dtype: torch.dtype) -> bool:
    """Whether packed layers exist for a device and precision, in this build of torch."""
    return (
        device.type == "cpu"
        and dtype == torch.float32
        and torch.backends.mkldnn.is_available()
        and all(
            hasattr(torch.ops.mkldnn, name)
            for name in ("_convolution_pointwise", "_linear_pointwise", "_reorder_linear_weight")
        )
    )


def use_packed_layers(module: nn.Module) -> None:
    """Replace the convolutions and linear layers of a module whose weights are yet to come."""
    for parent in list(module.modules()):
        for name, child in list(parent.named_children()):
            setattr(parent, name, packed_layer(child))


def packed_layer(layer: nn.Module) -> nn.Module:
    """The packed layer that takes the place of another; any that has none stays as it is."""
    if type(layer) is nn.Linear:
        return PackedLinear(layer)
    if type(layer) is nn.Conv2d:
        pointwise = (
            layer.kernel_size == layer.stride == (1, 1) and layer.groups == 1 and layer.padding == (0, 0)
        )
        return PackedPointwise(layer) if pointwise else PackedConv2d(layer)
    return layer
