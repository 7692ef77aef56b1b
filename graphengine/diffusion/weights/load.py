"""Fill a module with tensors from a file, without a value being made that is then overwritten."""

from collections.abc import Callable
from typing import TypeVar

import torch
from torch import Tensor, nn

from graphengine.diffusion.weights.pack import PackedConv2d, PackedLinear, can_pack, use_packed_layers
from graphengine.diffusion.weights.weights_file import WeightsFile

M = TypeVar("M", bound=nn.Module)


def load_module(
    build: Callable[[], M],
    file: WeightsFile,
    prefix: str,
    device: torch.device,
    dtype: torch.dtype,
    *,
    repeated: bool = False,
) -> M:
    """Build a module with its parameters from the file, for inference.

    Where the file has the wanted precision already and the device is the CPU, the parameters are
    the memory-mapped file itself; otherwise each is converted alone, so that at no time much more
    than the finished module is in memory.

    repeated: the module will run many times, so that converted weights are worth packing.
    """
    with torch.device("meta"):
        module = build()
    shapes = {name: tensor.shape for name, tensor in module.state_dict().items()}
    mapped = all(file.entries[prefix + name].dtype == dtype for name in shapes)
    if repeated and not mapped and can_pack(device, dtype):
        use_packed_layers(module)
    for full_name, tensor in file.tensors([prefix + name for name in shapes]):
        name = full_name.removeprefix(prefix)
        assign(module, name, tensor.reshape(shapes[name]), device, dtype)
    return module.requires_grad_(False).eval()


def assign(module: nn.Module, name: str, tensor: Tensor, device: torch.device, dtype: torch.dtype) -> None:
    """Make a tensor the parameter or buffer of that name: converted, and packed if its layer wants it so."""
    path, _, leaf = name.rpartition(".")
    owner = module.get_submodule(path)
    if leaf == "weight" and isinstance(owner, PackedConv2d | PackedLinear):
        value = owner.packed(tensor)
    else:
        value = tensor.to(device=device, dtype=dtype if tensor.is_floating_point() else tensor.dtype)
    if leaf in owner._parameters:
        value = nn.Parameter(value, requires_grad=False)
    setattr(owner, leaf, value)
