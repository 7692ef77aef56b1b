"""What one pass through a UNet does differently; the network itself stays as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from graphengine.diffusion.models.freeu import FreeU

Attention = Literal["whole", "identity", "skipped"]
"""How a layer's transformer blocks run: as trained, with the identity as map of self attention, or not."""


@dataclass(frozen=True)
class Patches:
    """Changes to a pass.

    attention: of the attention layers that don't run as trained, by name: `middle`, or `input.4` and
    `output.5` for the one in that block.
    """

    freeu: FreeU | None = None
    attention: Mapping[str, Attention] = field(default_factory=dict)

    def attention_at(self, layer: str) -> Attention:
        """How the attention layer of that name runs."""
        return self.attention.get(layer, "whole")


NO_PATCHES = Patches()
"""A pass through the network as it is."""
