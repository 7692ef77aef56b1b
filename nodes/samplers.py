"""Choose how noise is taken away."""

from typing import Annotated, Literal

from graphengine.authoring import Field, Slider, node
from graphengine.diffusion.sampling.samplers import SAMPLERS, Sampler
from graphengine.errors import mismatch

SamplerName = Literal[
    "ddim",
    "ddpm",
    "deis",
    "dpm_2",
    "dpm_2_ancestral",
    "dpm_adaptive",
    "dpm_fast",
    "dpmpp_2m",
    "dpmpp_2m_cfg_pp",
    "dpmpp_2m_sde",
    "dpmpp_2m_sde_heun",
    "dpmpp_2s_ancestral",
    "dpmpp_2s_ancestral_cfg_pp",
    "dpmpp_3m_sde",
    "dpmpp_sde",
    "er_sde",
    "euler",
    "euler_ancestral",
    "euler_ancestral_cfg_pp",
    "euler_cfg_pp",
    "gradient_estimation",
    "heun",
    "heunpp2",
    "ipndm",
    "ipndm_v",
    "lcm",
    "lms",
    "plms",
    "res_multistep",
    "res_multistep_ancestral",
    "sa_solver",
    "seeds_2",
    "seeds_3",
    "tcd",
    "uni_pc",
    "uni_pc_bh2",
]
"""The names of `SAMPLERS`, as a drop-down offers them."""
Factor = Annotated[float, Slider(0, 2)]
Order = Annotated[int, Field(ge=1, le=4)]


def check_options(
    name: SamplerName = "dpmpp_2m",
    eta: float | None = None,
    s_noise: float | None = None,
    order: int | None = None,
    gamma: float | None = None,
    r: float | None = None,
    time: str | None = None,
) -> None:
    """Refuse options that the sampler doesn't have, before anything runs."""
    with_options(name, eta=eta, s_noise=s_noise, order=order, gamma=gamma, r=r, time=time)


@node(category="sampling/samplers", validate=check_options)
def select_sampler(
    name: SamplerName = "dpmpp_2m",
    eta: Annotated[float, Slider(0, 1)] | None = None,
    s_noise: Factor | None = None,
    order: Order | None = None,
    gamma: Annotated[float, Field(ge=0, le=5)] | None = None,
    r: Annotated[float, Slider(0.1, 1)] | None = None,
    time: Literal["vp", "log_sigma"] | None = None,
) -> Sampler:
    """Choose the method that takes the noise away, and set what is special about it.

    Without noise in their steps, so that a seed has one picture, which settles as steps are added:
    - `dpmpp_2m`, `uni_pc`, `uni_pc_bh2`, `res_multistep`, `deis`: good at 15 to 30 steps of one call each
    - `ipndm`, `ipndm_v`, `lms`, `plms`, `gradient_estimation`: the same, for smooth schedules
    - `euler`, `ddim`: the plainest way, at 30 steps and more; `ddim` takes some noise with `eta`
    - `heun`, `heunpp2`, `dpm_2`: exact, at two or three calls a step
    - `dpm_fast`, `dpm_adaptive`: for very few steps; with steps of its own, by a tolerance

    With fresh noise in every step, which mends errors and never settles on a picture:
    - `euler_ancestral`, `dpm_2_ancestral`, `dpmpp_2s_ancestral`, `res_multistep_ancestral`: at 20 to 40 steps
    - `ddpm`: as models are trained, at hundreds of steps
    - `er_sde`, `sa_solver`, `seeds_2`, `seeds_3`: careful solvers of the SDE, at 10 to 30 steps
    - `lcm`, `tcd`: for models distilled for them, at 2 to 8 steps

    With noise from one path, whose picture settles as steps are added:
    - `dpmpp_2m_sde`, `dpmpp_2m_sde_heun`, `dpmpp_3m_sde`: rich in detail, at 25 steps and more
    - `dpmpp_sde`: the same at fewer steps, with two calls each

    With CFG++, which keeps strong colours at bay; its guidance is 0.5 to 2:
    - `euler_cfg_pp`, `euler_ancestral_cfg_pp`, `dpmpp_2m_cfg_pp`, `dpmpp_2s_ancestral_cfg_pp`

    An option that is left out has the sampler's own default. One that the sampler doesn't have is refused.

    name: how the noise is taken away.
    eta: how random a step is; 0 makes it deterministic.
    s_noise: what the noise of a step is multiplied by; a little above 1 gives more detail.
    order: how many estimates a step makes use of, its own and earlier ones.
    gamma: for tcd, how far below the next level a step goes; for gradient_estimation, how far ahead it looks.
    r: for dpmpp_sde, where in a step the second call is.
    time: for deis, what its polynomials are in.
    """
    return with_options(name, eta=eta, s_noise=s_noise, order=order, gamma=gamma, r=r, time=time)


def with_options(name: SamplerName, **options: float | str | None) -> Sampler:
    """The sampler, with those options that are given."""
    given = {option: value for option, value in options.items() if value is not None}
    for option, value in given.items():
        if option not in SAMPLERS[name].options:
            takers = ", ".join(name for name, sampler in SAMPLERS.items() if option in sampler.options)
            raise mismatch(
                f"nothing, as sampler '{name}' has no such option",
                str(value),
                kind="bad_option",
                input=option,
                hint=f"leave it out, or choose one of {takers}",
            )
    return SAMPLERS[name].with_options(**given)


@node(category="sampling/samplers")
def sa_solver_sampler(
    tau: Annotated[float, Slider(0, 2)] = 1.0,
    predictor_order: Order = 3,
    corrector_order: Annotated[int, Field(ge=0, le=4)] = 4,
    s_noise: Factor = 1.0,
) -> Sampler:
    """The stochastic Adams solver with its own settings (Xue et al. 2023).

    tau: how random a step is: 0 follows the ODE, as UniPC does, 1 the reverse-time SDE.
    predictor_order: how many estimates it takes to go on.
    corrector_order: how many estimates it takes to correct a step afterwards; 0 leaves that out.
    s_noise: what the noise of a step is multiplied by.
    """
    return SAMPLERS["sa_solver"].with_options(
        tau=tau, predictor_order=predictor_order, corrector_order=corrector_order, s_noise=s_noise
    )


@node(category="sampling/samplers")
def dpm_adaptive_sampler(
    order: Literal[2, 3] = 3,
    rtol: Annotated[float, Field(gt=0, le=1)] = 0.05,
    atol: Annotated[float, Field(gt=0, le=1)] = 0.0078,
    h_init: Annotated[float, Field(gt=0, le=10)] = 0.05,
    pcoeff: Annotated[float, Field(ge=0, le=10)] = 0.0,
    icoeff: Annotated[float, Field(ge=0, le=10)] = 1.0,
    dcoeff: Annotated[float, Field(ge=0, le=10)] = 0.0,
    accept_safety: Annotated[float, Field(gt=0, le=1)] = 0.81,
    most_steps: Annotated[int, Field(ge=1, le=10_000)] = 200,
) -> Sampler:
    """DPM-Solver with steps as long as a tolerance allows (Lu et al. 2022).

    order: of the solution that is kept; the other is one lower.
    rtol: how far the two may lie apart, relative to the latent.
    atol: how far the two may lie apart at least.
    h_init: the first step, in log sigma.
    pcoeff: how much the length of a step minds the last error.
    icoeff: how much it minds the sum of errors.
    dcoeff: how much it minds their change.
    accept_safety: how much better a step must be to be kept.
    most_steps: no step is shorter than the way divided by this.
    """
    return SAMPLERS["dpm_adaptive"].with_options(
        order=order,
        rtol=rtol,
        atol=atol,
        h_init=h_init,
        pcoeff=pcoeff,
        icoeff=icoeff,
        dcoeff=dcoeff,
        accept_safety=accept_safety,
        most_steps=most_steps,
    )
