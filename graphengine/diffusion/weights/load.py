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
    packed: bool = False,
    check: Callable[[], None] | None = None,
) -> M:
    """Build a module with its parameters from the file, for inference.

    Where the file has the wanted precision already and the device is the CPU, the parameters are
    the memory-mapped file itself; otherwise each is converted alone, so that at no time much more
    than the finished module is in memory.

    packed: put converted weights into the layout that the CPU computes with, where there is one; worth it
    for large modules that run many times.
    check: called before each tensor; what it raises ends the loading.
    """
    with torch.device("meta"):
        module = build()
    shapes = {name: tensor.shape for name, tensor in module.state_dict().items()}
    mapped = all(file.entries[prefix + name].dtype == dtype for name in shapes)
    if packed and not mapped and can_pack(device, dtype):
        use_packed_layers(module)
    # Every weight is converted in the same place: fresh memory for each would take as long as the packing.
    scratch = torch.empty(max((shape.numel() for shape in shapes.values()), default=0), dtype=dtype)
    for full_name, tensor in file.tensors([prefix + name for name in shapes]):
        if check is not None:
            check()
        name = full_name.removeprefix(prefix)
        path, _, leaf = name.rpartition(".")
        owner = module.get_submodule(path)
        shape = shapes[name]
        if leaf == "weight" and isinstance(owner, PackedConv2d | PackedLinear):
            value = owner.packed(scratch[: shape.numel()].view(shape).copy_(tensor.reshape(shape)))
        else:
            wanted = dtype if tensor.is_floating_point() else tensor.dtype
            value = tensor.to(device=device, dtype=wanted).reshape(shape)
        assign(owner, leaf, value)
    return module.requires_grad_(False).eval()


def assign(owner: nn.Module, name: str, value: Tensor) -> None:
    """Make a tensor a module's own parameter or buffer of that name."""
    if name in owner._parameters:
        value = nn.Parameter(value, requires_grad=False)
    setattr(owner, name, value)
