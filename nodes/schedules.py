"""Choose the noise levels that sampling passes through."""

from typing import Annotated, Literal

from graphengine.authoring import Field, node
from graphengine.diffusion.sampling import schedules
from graphengine.diffusion.sampling.sigmas import Sigmas
from graphengine.diffusion.weights.checkpoint import DiffusionModel

ScheduleName = Literal[
    "align_your_steps",
    "beta",
    "ddim_uniform",
    "exponential",
    "karras",
    "kl_optimal",
    "laplace",
    "linear_quadratic",
    "normal",
    "polyexponential",
    "sgm_uniform",
    "simple",
    "turbo",
    "vp",
]
Steps = Annotated[int, Field(ge=1, le=1000)]
Strength = Annotated[float, Field(ge=0, le=1)]
"""Share of the way that is walked, from its end: 1 makes a new picture, 0 leaves the old one."""


@node(category="sampling/sigmas")
def select_schedule(
    model: DiffusionModel, name: ScheduleName = "karras", steps: Steps = 20, strength: Strength = 1.0
) -> Sigmas:
    """Choose the noise levels that sampling passes through.

    name: how they are spaced; a node of its own sets the options of those that have any.
    steps: of the whole way from pure noise to a picture.
    strength: share of the way that is walked, from its end: 1 makes a new picture, 0 leaves the old one.
    """
    return schedules.chosen(name, model.levels, steps, strength)


@node(category="sampling/sigmas")
def karras_schedule(
    model: DiffusionModel,
    steps: Steps = 20,
    rho: Annotated[float, Field(ge=0.5, le=100)] = 7.0,
    strength: Strength = 1.0,
) -> Sigmas:
    """Steps that shorten towards low noise.

    rho: how much they do; 1 spaces sigma evenly.
    strength: share of the way that is walked, from its end.
    """
    return schedules.karras(model.levels, steps, rho).truncate(strength)


@node(category="sampling/sigmas")
def polyexponential_schedule(
    model: DiffusionModel,
    steps: Steps = 20,
    rho: Annotated[float, Field(ge=0.1, le=100)] = 1.0,
    strength: Strength = 1.0,
) -> Sigmas:
    """A power of even steps in log sigma.

    rho: 1 spaces log sigma evenly, more gathers steps at low noise.
    strength: share of the way that is walked, from its end.
    """
    return schedules.polyexponential(model.levels, steps, rho).truncate(strength)


@node(category="sampling/sigmas")
def laplace_schedule(
    model: DiffusionModel,
    steps: Steps = 20,
    mu: Annotated[float, Field(ge=-10, le=10)] = 0.0,
    beta: Annotated[float, Field(ge=0.05, le=10)] = 0.5,
    strength: Strength = 1.0,
) -> Sigmas:
    """Steps that are dense around one noise level.

    mu: the logarithm of that sigma.
    beta: how widely they are spread around it.
    strength: share of the way that is walked, from its end.
    """
    return schedules.laplace(model.levels, steps, mu, beta).truncate(strength)


@node(category="sampling/sigmas")
def beta_schedule(
    model: DiffusionModel,
    steps: Steps = 20,
    alpha: Annotated[float, Field(ge=0.1, le=50)] = 0.6,
    beta: Annotated[float, Field(ge=0.1, le=50)] = 0.6,
    strength: Strength = 1.0,
) -> Sigmas:
    """Timesteps at even quantiles of a beta distribution.

    alpha: below 1 gathers steps at low noise.
    beta: below 1 gathers steps at high noise.
    strength: share of the way that is walked, from its end.
    """
    return schedules.beta(model.levels, steps, alpha, beta).truncate(strength)


@node(category="sampling/sigmas")
def linear_quadratic_schedule(
    model: DiffusionModel,
    steps: Steps = 20,
    threshold: Annotated[float, Field(gt=0, lt=0.5)] = 0.025,
    strength: Strength = 1.0,
) -> Sigmas:
    """Half the steps even and tiny, the rest along a parabola; for flow models with few steps.

    threshold: share of the noise that the even steps take away.
    strength: share of the way that is walked, from its end.
    """
    return schedules.linear_quadratic(model.levels, steps, threshold).truncate(strength)


@node(category="sampling/sigmas")
def vp_schedule(
    model: DiffusionModel,
    steps: Steps = 20,
    beta_d: Annotated[float, Field(gt=0, le=1000)] = 19.9,
    beta_min: Annotated[float, Field(gt=0, le=1000)] = 0.1,
    strength: Strength = 1.0,
) -> Sigmas:
    """Even times of the continuous variance-preserving process.

    beta_d, beta_min: growth and beginning of its noise, beta(t) = beta_d t + beta_min.
    strength: share of the way that is walked, from its end.
    """
    return schedules.vp(model.levels, steps, beta_d, beta_min).truncate(strength)


@node(category="sampling/sigmas")
def align_your_steps_schedule(
    model: DiffusionModel,
    family: Literal["sd1", "sdxl", "svd"] = "sd1",
    steps: Steps = 10,
    strength: Strength = 1.0,
) -> Sigmas:
    """Steps that were optimised for a family of models; good at ten.

    family: Stable Diffusion 1, XL or Video.
    strength: share of the way that is walked, from its end.
    """
    return schedules.align_your_steps(model.levels, steps, family).truncate(strength)


@node(category="sampling/sigmas")
def turbo_schedule(
    model: DiffusionModel, steps: Annotated[int, Field(ge=1, le=10)] = 1, strength: Strength = 1.0
) -> Sigmas:
    """The levels of distilled models such as SD-Turbo, which need one to four steps.

    strength: the noise that a picture to change is given, in tenths of all; steps begin there.
    """
    return schedules.turbo(model.levels, steps, strength)
