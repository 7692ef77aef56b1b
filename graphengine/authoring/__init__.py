"""All that a node's author needs: `@node`, port types, ranges, choices, bodies, expansion and the context."""

from pydantic import Field

from graphengine.authoring.blocked import Blocked
from graphengine.authoring.body import Body, Gets, Gives
from graphengine.authoring.choices import Choice, Choices
from graphengine.authoring.context import Context
from graphengine.authoring.definition import node
from graphengine.authoring.expansion import CarriedTurns, EveryTurn, Expansion, LastTurn
from graphengine.authoring.fields import Colour, OwnWidget, Seed, Slider, Widget
from graphengine.authoring.lazy import Lazy
from graphengine.authoring.ports import (
    Area,
    Conditioning,
    ConditioningPart,
    Image,
    Kept,
    Latent,
    Mask,
    StepRange,
)

__all__ = [
    "Area",
    "Blocked",
    "Body",
    "CarriedTurns",
    "Choice",
    "Choices",
    "Colour",
    "Conditioning",
    "ConditioningPart",
    "Context",
    "EveryTurn",
    "Expansion",
    "Field",
    "Gets",
    "Gives",
    "Image",
    "Kept",
    "LastTurn",
    "Latent",
    "Lazy",
    "Mask",
    "OwnWidget",
    "Seed",
    "Slider",
    "StepRange",
    "Widget",
    "node",
]
