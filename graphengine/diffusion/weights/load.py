"""Fill a module with tensors from a file, without a value being made that is then overwritten."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import torch
from torch import Tensor, nn

from graphengine.diffusion.weights.weights_file import WeightsFile

M = TypeVar("M", bound=nn.Module)


def load_module(
    build: Callable[[], M], file: WeightsFile, prefix: str, device: torch.device, dtype: torch.dtype
) -> M:
    """Build a module with its parameters from the file, for inference.

    Where the file has the wanted precision already and the device is the CPU, the parameters are
    the memory-mapped file itself; otherwise each is converted alone, so that at no time much more
    than the finished module is in memory.
    """
    with torch.device("meta"):
        module = build()
    shapes = {name: tensor.shape for name, tensor in module.state_dict().items()}
    state = {
        name: tensor.reshape(shapes[name])
        for name, tensor in converted(file, [prefix + name for name in shapes], prefix, device, dtype)
    }
    module.load_state_dict(state, assign=True)
    return module.requires_grad_(False).eval()


def converted(
    file: WeightsFile, names: Iterable[str], prefix: str, device: torch.device, dtype: torch.dtype
) -> Iterable[tuple[str, Tensor]]:
    """The named tensors on the device, floating-point ones in the given precision, prefix removed."""
    for name, tensor in file.tensors(names):
        wanted = dtype if tensor.is_floating_point() else tensor.dtype
        yield name.removeprefix(prefix), tensor.to(device=device, dtype=wanted)
