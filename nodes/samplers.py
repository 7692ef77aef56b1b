"""Choose how noise is taken away."""

from typing import Annotated, Literal

from graphengine.authoring import Field, Slider, node
from graphengine.diffusion.sampling.samplers import SAMPLERS, Sampler
from graphengine.errors import mismatch

SamplerName = Literal[
    "ddim",
    "ddpm",
    "dpm_2_ancestral",
    "dpmpp_2m",
    "dpmpp_2m_sde",
    "dpmpp_2m_sde_heun",
    "dpmpp_2s_ancestral",
    "dpmpp_3m_sde",
    "dpmpp_sde",
    "er_sde",
    "euler",
    "euler_ancestral",
    "heun",
    "lcm",
    "seeds_2",
    "seeds_3",
    "tcd",
]
"""The names of `SAMPLERS`, as a drop-down offers them."""


def check_options(
    name: SamplerName = "dpmpp_2m",
    eta: float | None = None,
    s_noise: float | None = None,
    order: int | None = None,
    gamma: float | None = None,
    r: float | None = None,
) -> None:
    """Refuse options that the sampler doesn't have, before anything runs."""
    with_options(name, eta=eta, s_noise=s_noise, order=order, gamma=gamma, r=r)


@node(category="sampling", validate=check_options)
def select_sampler(
    name: SamplerName = "dpmpp_2m",
    eta: Annotated[float, Slider(0, 1)] | None = None,
    s_noise: Annotated[float, Slider(0, 2)] | None = None,
    order: Annotated[int, Field(ge=1, le=4)] | None = None,
    gamma: Annotated[float, Field(ge=0, le=10)] | None = None,
    r: Annotated[float, Slider(0.1, 1)] | None = None,
) -> Sampler:
    """Choose the method that takes the noise away, and what is special about it.

    Without noise in their steps, so that a seed gives one picture:
    - `dpmpp_2m`: good pictures at 15 to 30 steps; `heun`: exact, at two calls of the model a step
    - `euler`: the plainest way, for any model; `ddim`: the same, with `eta` for noise

    With fresh noise in every step, which mends errors and never settles on a picture:
    - `euler_ancestral`, `dpm_2_ancestral`, `dpmpp_2s_ancestral`: lively, at 20 to 40 steps
    - `ddpm`: as models are trained, at hundreds of steps
    - `er_sde`, `seeds_2`, `seeds_3`: careful solvers of the SDE, at 10 to 30 steps
    - `lcm`, `tcd`: for models distilled for them, at 2 to 8 steps

    With noise from one path, whose picture settles as steps are added:
    - `dpmpp_2m_sde`, `dpmpp_2m_sde_heun`, `dpmpp_3m_sde`: rich detail at 25 steps and more
    - `dpmpp_sde`: the same at fewer steps, with two calls each

    An option that is left out has the sampler's own default. One that the sampler doesn't have is refused.

    name: how the noise is taken away.
    eta: how random a step is; 0 makes it deterministic.
    s_noise: what the noise of a step is multiplied by; a little above 1 gives more detail.
    order: how many earlier estimates a step makes use of.
    gamma: for tcd, how far below the next level a step goes before it is noised again.
    r: for dpmpp_sde, where in a step the second call is.
    """
    return with_options(name, eta=eta, s_noise=s_noise, order=order, gamma=gamma, r=r)


def with_options(name: SamplerName, **options: float | None) -> Sampler:
    """The sampler, with those options that are given."""
    given = {option: value for option, value in options.items() if value is not None}
    for option, value in given.items():
        if option not in SAMPLERS[name].options:
            takers = ", ".join(name for name, sampler in SAMPLERS.items() if option in sampler.options)
            raise mismatch(
                f"nothing, as sampler '{name}' has no such option",
                f"{value:g}",
                kind="bad_option",
                input=option,
                hint=f"leave it out, or choose one of {takers}",
            )
    return SAMPLERS[name].with_options(**given)
