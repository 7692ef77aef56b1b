"""Choose what a model's pictures should show, and how its predictions for that are combined."""

from typing import Annotated, Literal

from graphengine.authoring import Conditioning, Field, node
from graphengine.diffusion.sampling.guidance.classifier_free import ClassifierFree
from graphengine.diffusion.sampling.guidance.dual import Dual
from graphengine.diffusion.sampling.guidance.perpendicular_negative import PerpendicularNegative
from graphengine.diffusion.sampling.guidance.unguided import Unguided
from graphengine.diffusion.sampling.guider import Guider
from graphengine.diffusion.weights.checkpoint import DiffusionModel

Scale = Annotated[float, Field(ge=0, le=100)]


@node(category="guidance")
def basic_guider(model: DiffusionModel, positive: Conditioning) -> Guider:
    """No guidance: the model's own answer to one conditioning, as distilled models need it."""
    return Guider(model, Unguided(positive))


@node(category="guidance")
def cfg_guider(
    model: DiffusionModel, positive: Conditioning, negative: Conditioning, scale: Scale = 7.0
) -> Guider:
    """Classifier-free guidance: lean towards one conditioning and away from another.

    positive, negative: what the pictures should show, and what they should not.
    scale: how much the positive is stressed; 1 turns guidance off, and takes half the time.
    """
    return Guider(model, ClassifierFree(positive, negative, scale))


@node(category="guidance")
def dual_cfg_guider(
    model: DiffusionModel,
    positive: Conditioning,
    second: Conditioning,
    negative: Conditioning,
    scale: Scale = 7.0,
    second_scale: Scale = 1.5,
    style: Literal["regular", "nested"] = "regular",
) -> Guider:
    """Classifier-free guidance in two steps: from the negative to a second conditioning, and to the positive.

    positive: all that the pictures should show.
    second: a part of that, such as the style or a picture to go by, which then has a scale of its own.
    scale: how much the positive is stressed over the second.
    second_scale: how much the second is stressed over the negative.
    style: regular adds both steps up; nested goes from the negative towards where the other step ends.
    """
    return Guider(model, Dual(positive, second, negative, scale, second_scale, style))


@node(category="guidance")
def perpendicular_negative_guider(
    model: DiffusionModel,
    positive: Conditioning,
    negative: Conditioning,
    empty: Conditioning,
    scale: Scale = 7.0,
    negative_scale: Scale = 1.0,
) -> Guider:
    """Lean away from the negative without harm to what it has in common with the positive.

    positive, negative: what the pictures should show, and what they should not.
    empty: an empty text, encoded.
    scale: how much the positive is stressed; 1 turns that off.
    negative_scale: how much the negative is avoided, within the scale.
    """
    return Guider(model, PerpendicularNegative(positive, negative, empty, scale, negative_scale))
