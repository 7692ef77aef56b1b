"""Pieces of guidance: a guider goes in, and comes out with one more."""

from functools import partial
from typing import Annotated, Literal

from graphengine.authoring import Field, Slider, node
from graphengine.diffusion.models.freeu import FreeU
from graphengine.diffusion.sampling.guidance.dynamic_threshold import DynamicThreshold
from graphengine.diffusion.sampling.guidance.interval import Interval
from graphengine.diffusion.sampling.guidance.perturbation import perturbed_attention, skip_layer
from graphengine.diffusion.sampling.guidance.projected import Projected
from graphengine.diffusion.sampling.guidance.rescale import Rescale
from graphengine.diffusion.sampling.guidance.self_attention import SelfAttention
from graphengine.diffusion.sampling.guidance.zero_star import ZeroStar
from graphengine.diffusion.sampling.guider import Guider
from graphengine.errors import mismatch

Scale = Annotated[float, Field(ge=0, le=100)]
Share = Annotated[float, Slider(0, 1)]
Factor = Annotated[float, Field(ge=0, le=10)]


@node(category="guidance")
def guidance_interval(guider: Guider, start: Share = 0.2, end: Share = 0.8) -> Guider:
    """Guide in a range of noise levels alone, where it helps; elsewhere steps take half the time.

    start, end: shares of the way from pure noise, 0, to the picture, 1.
    """
    return guider.within(Interval(start, end))


@node(category="guidance")
def rescale_guidance(guider: Guider, share: Share = 0.7) -> Guider:
    """Keep strong guidance from overexposing: hold its contrast to what it is without guidance.

    share: how far; 0 changes nothing.
    """
    return guider.changing(Rescale(share))


@node(category="guidance")
def dynamic_threshold(
    guider: Guider,
    mimic_scale: Scale = 7.0,
    percentile: Annotated[float, Field(gt=0, le=1)] = 0.995,
) -> Guider:
    """Hold the values of strong guidance within the range that a lower scale would reach.

    mimic_scale: the lower scale.
    percentile: of a channel's values that count as its range; what is beyond is clipped.
    """
    return guider.changing(DynamicThreshold(mimic_scale, percentile))


@node(category="guidance")
def projected_guidance(
    guider: Guider,
    eta: Annotated[float, Field(ge=-10, le=10)] = 0.0,
    norm_threshold: Annotated[float, Field(ge=0, le=1000)] = 15.0,
    momentum: Annotated[float, Field(gt=-1, lt=1)] = -0.5,
) -> Guider:
    """APG: strong guidance without oversaturation, by leaving out what only makes the prediction stronger.

    guider: one with plain classifier-free guidance.
    eta: how much of that is kept after all; 1 is all.
    norm_threshold: the most that guidance may change a step's prediction, as a length; 0 is any.
    momentum: share of earlier steps' guidance that is added; below 0 it turns against them.
    """
    return guider.combining(partial(Projected, eta=eta, norm_threshold=norm_threshold, momentum=momentum))


@node(category="guidance")
def zero_star_guidance(guider: Guider, zero_init: Annotated[int, Field(ge=0, le=100)] = 1) -> Guider:
    """CFG-Zero*: guidance from the unconditional prediction at its best length, made for flow matching.

    guider: one with plain classifier-free guidance.
    zero_init: first steps in which nothing is done, where the model knows least.
    """
    return guider.combining(partial(ZeroStar, zero_init=zero_init))


@node(category="guidance")
def skip_layer_guidance(
    guider: Guider, scale: Scale = 2.0, layers: str = "middle", start: Share = 0.01, end: Share = 0.4
) -> Guider:
    """SLG: lean away from what the network predicts without some attention layers, at one more pass a step.

    layers: `middle`, `input.4`, `output.5` and so on, with commas between them.
    start, end: when, in shares of the way from pure noise, 0, to the picture, 1.
    """
    return guider.adding(skip_layer(scale, names_in(layers), Interval(start, end)))


@node(category="guidance")
def perturbed_attention_guidance(
    guider: Guider, scale: Scale = 3.0, layers: str = "middle", start: Share = 0.0, end: Share = 1.0
) -> Guider:
    """PAG: lean away from what the network predicts where no position sees another, at one more pass a step.

    layers: `middle`, `input.4`, `output.5` and so on, with commas between them.
    start, end: when, in shares of the way from pure noise, 0, to the picture, 1.
    """
    return guider.adding(perturbed_attention(scale, names_in(layers), Interval(start, end)))


@node(category="guidance")
def self_attention_guidance(
    guider: Guider,
    scale: Annotated[float, Field(ge=-10, le=10)] = 0.75,
    blur: Annotated[float, Field(ge=0, le=10)] = 1.0,
    start: Share = 0.0,
    end: Share = 1.0,
) -> Guider:
    """SAG: lean away from the picture blurred where the network looks most, at one more pass a step.

    blur: how much, in positions of the latent, of 8 pixels each.
    start, end: when, in shares of the way from pure noise, 0, to the picture, 1.
    """
    return guider.adding(SelfAttention(scale, blur, interval=Interval(start, end)))


@node(category="guidance")
def free_u(
    guider: Guider,
    b1: Factor = 1.3,
    b2: Factor = 1.4,
    s1: Factor = 0.9,
    s2: Factor = 0.2,
    version: Literal["1", "2"] = "2",
) -> Guider:
    """FreeU: weigh the UNet's own features anew, for clearer pictures at no cost.

    b1, b2: strength of the features from the depths, where they are widest and where half as wide.
    s1, s2: strength of what is coarse in the features that skip the depths, there; 1 as it is.
    version: 2 strengthens less where there is little, for which b1 and b2 may be higher.
    """
    return guider.freed(FreeU(b1, b2, s1, s2, 1 if version == "1" else 2))


def names_in(layers: str) -> tuple[str, ...]:
    """The names in a list with commas."""
    names = tuple(name.strip() for name in layers.split(",") if name.strip())
    if not names:
        raise mismatch("names of attention layers, such as 'middle'", "none", kind="layers", input="layers")
    return names
