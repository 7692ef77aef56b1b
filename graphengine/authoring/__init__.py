"""All that a node's author needs: `@node`, port types, ranges, choices and the context."""

from pydantic import Field

from graphengine.authoring.choices import Choice, Choices
from graphengine.authoring.context import Context
from graphengine.authoring.definition import node
from graphengine.authoring.fields import Seed, Slider
from graphengine.authoring.ports import Conditioning, ConditioningPart, Image, Latent, Mask

__all__ = [
    "Choice",
    "Choices",
    "Conditioning",
    "ConditioningPart",
    "Context",
    "Field",
    "Image",
    "Latent",
    "Mask",
    "Seed",
    "Slider",
    "node",
]
