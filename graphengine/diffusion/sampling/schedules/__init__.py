"""Which noise levels to visit in a given number of steps, one file for each family of schedules."""

from collections.abc import Mapping
from types import MappingProxyType

from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.diffusion.sampling.schedules.align_your_steps import align_your_steps
from graphengine.diffusion.sampling.schedules.beta import beta
from graphengine.diffusion.sampling.schedules.exponential import exponential, polyexponential
from graphengine.diffusion.sampling.schedules.karras import karras
from graphengine.diffusion.sampling.schedules.kl_optimal import kl_optimal
from graphengine.diffusion.sampling.schedules.laplace import laplace
from graphengine.diffusion.sampling.schedules.linear_quadratic import linear_quadratic
from graphengine.diffusion.sampling.schedules.schedule import Schedule
from graphengine.diffusion.sampling.schedules.trained import ddim_uniform, simple
from graphengine.diffusion.sampling.schedules.turbo import turbo
from graphengine.diffusion.sampling.schedules.uniform import normal, sgm_uniform
from graphengine.diffusion.sampling.schedules.vp import vp
from graphengine.diffusion.sampling.sigmas import Sigmas

SCHEDULES: Mapping[str, Schedule] = MappingProxyType(
    {
        "align_your_steps": align_your_steps,
        "beta": beta,
        "ddim_uniform": ddim_uniform,
        "exponential": exponential,
        "karras": karras,
        "kl_optimal": kl_optimal,
        "laplace": laplace,
        "linear_quadratic": linear_quadratic,
        "normal": normal,
        "polyexponential": polyexponential,
        "sgm_uniform": sgm_uniform,
        "simple": simple,
        "turbo": turbo,
        "vp": vp,
    }
)


def chosen(name: str, levels: NoiseLevels, steps: int, strength: float) -> Sigmas:
    """A share `strength` of the way to a picture, by a schedule of SCHEDULES.

    It is the last steps of the whole way; but turbo takes all steps, from one of its own levels.
    """
    if name == "turbo":
        return turbo(levels, steps, strength)
    return SCHEDULES[name](levels, steps).truncate(strength)


__all__ = [
    "SCHEDULES",
    "Schedule",
    "align_your_steps",
    "beta",
    "chosen",
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
