"""Choose the noise levels that sampling passes through."""

from typing import Annotated, Literal

from graphengine.authoring import Field, node
from graphengine.diffusion.sampling.schedules import SCHEDULES
from graphengine.diffusion.sampling.sigmas import Sigmas
from graphengine.diffusion.weights.checkpoint import DiffusionModel

ScheduleName = Literal["normal", "karras", "simple", "ddim_uniform"]
"""The names of `SCHEDULES`, as a drop-down offers them."""


@node(category="sampling")
def select_schedule(
    model: DiffusionModel,
    name: ScheduleName = "karras",
    steps: Annotated[int, Field(ge=1, le=1000)] = 20,
    strength: Annotated[float, Field(ge=0, le=1)] = 1.0,
) -> Sigmas:
    """Choose the noise levels that sampling passes through.

    name: how they are spaced.
    steps: of the whole way from pure noise to a picture.
    strength: share of the way that is walked, from its end: 1 makes a new picture, 0 leaves the old one.
    """
    return SCHEDULES[name](model.levels, steps).truncate(strength)
