"""A network in one run: the passes through it, patched or not, and what is kept between them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from torch import Tensor, nn

from graphengine.diffusion.models.attention import CrossAttention
from graphengine.diffusion.models.freeu import FreeU
from graphengine.diffusion.models.patches import Attention, Patches
from graphengine.diffusion.models.text import TextMemory
from graphengine.diffusion.models.unet import UNet
from graphengine.diffusion.sampling.denoiser import Denoiser
from graphengine.diffusion.sampling.network_denoiser import Predict
from graphengine.errors import mismatch

AS_TRAINED: Mapping[str, Attention] = {}
"""No attention layer is changed."""


class RunNetwork(Protocol):
    """What guidance asks of the network in a run."""

    def denoiser(self, attention: Mapping[str, Attention] = AS_TRAINED) -> Denoiser:
        """The denoiser that a pass is, with some of the attention layers, by name, not as trained.

        Raises GraphEngineError for a layer that there isn't.
        """

    @property
    def middle(self) -> CrossAttention:
        """Self attention where the picture is seen as a whole. Raises GraphEngineError if there is none."""


class PlainNetwork:
    """A network of which nothing is known but the denoiser that it is."""

    def __init__(self, denoiser: Denoiser) -> None:
        self._denoiser = denoiser

    def denoiser(self, attention: Mapping[str, Attention] = AS_TRAINED) -> Denoiser:
        """The denoiser."""
        if attention:
            raise unknown_layers(attention, {})
        return self._denoiser

    @property
    def middle(self) -> CrossAttention:
        """None is known."""
        raise unknown_layers({"middle": "whole"}, {})


class UNetNetwork:
    """A UNet whose weights may be shared with other runs: nothing in it is changed."""

    def __init__(self, unet: UNet, as_denoiser: Callable[[Predict], Denoiser], freeu: FreeU | None) -> None:
        self._unet = unet
        self._as_denoiser = as_denoiser
        self._freeu = freeu
        self._texts = TextMemory()

    def denoiser(self, attention: Mapping[str, Attention] = AS_TRAINED) -> Denoiser:
        """The denoiser of passes that share the keys and values of their texts."""
        if not attention.keys() <= self._unet.attention_layers.keys():
            raise unknown_layers(attention, self._unet.attention_layers)
        patches = Patches(self._freeu, attention)

        def run(x: Tensor, timesteps: Tensor, context: Tensor) -> Tensor:
            answer: Tensor = self._unet(x, timesteps, self._texts.recall(context), patches)
            return answer

        return self._as_denoiser(run)

    @property
    def middle(self) -> CrossAttention:
        """The first of the middle block."""
        return self._unet.attention_layers["middle"].transformer_blocks[0].attn1  # type: ignore[return-value]


@contextmanager
def inputs_of(layer: nn.Module) -> Iterator[list[Tensor]]:
    """Collects what a layer is shown inside the block; afterwards the layer is as it was."""
    seen: list[Tensor] = []
    handle = layer.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
    try:
        yield seen
    finally:
        handle.remove()


def unknown_layers(wanted: Mapping[str, Attention], known: Mapping[str, nn.Module]) -> Exception:
    """The error for attention layers that a network doesn't have."""
    missing = ", ".join(f"'{name}'" for name in wanted if name not in known)
    return mismatch(
        f"attention layers among {', '.join(known)}" if known else "a UNet whose attention can be changed",
        missing,
        kind="unknown_layer",
        hint="change the layers of the guider",
    )
