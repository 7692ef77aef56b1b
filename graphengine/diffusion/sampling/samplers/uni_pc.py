"""Unified predictor-corrector."""

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.exponential import data_weights, log_level
from graphengine.diffusion.sampling.samplers.history import History, weighted_sum
from graphengine.diffusion.sampling.samplers.step import Step


def uni_pc(
    denoise: Denoise, x: Tensor, sigmas: Tensor, noise: NoiseSource, *, order: int = 3
) -> Iterator[Step]:
    """UniPC with B(h) = h (Zhao et al. 2023, algorithms 3 and 4). See `unified`."""
    return unified(denoise, x, sigmas, order, lambda h: h)


def uni_pc_bh2(
    denoise: Denoise, x: Tensor, sigmas: Tensor, noise: NoiseSource, *, order: int = 3
) -> Iterator[Step]:
    """UniPC with B(h) = e^h - 1, at -h for estimates of x_0 (Zhao et al. 2023). See `unified`."""
    return unified(denoise, x, sigmas, order, lambda h: -math.expm1(-h))


def unified(
    denoise: Denoise, x: Tensor, sigmas: Tensor, order: int, b: Callable[[float], float]
) -> Iterator[Step]:
    """UniPC for estimates of x_0: each corrects the step that led to it, then helps to predict the next one.

    One call a step; it converges with `order` + 1 (Zhao et al. 2023, theorem 3.1). The first steps have fewer
    estimates, and where a run ends in 0 the last ones too, down to the step to 0, which goes to that of x_0.
    """
    estimates = History(order)
    levels = sigmas.tolist()
    before: tuple[Tensor, list[float], list[Tensor]] | None = None
    for index, (sigma, next_sigma) in enumerate(pairwise(levels)):
        denoised = denoise(x, sigmas[index])
        if before is not None:
            carried, weights, values = before
            x = carried + weighted_sum(weights, [*values, denoised])
            before = None
        start, end = log_level(sigma), log_level(next_sigma)
        if next_sigma == 0:
            x = denoised
        elif end > start:  # not so where the two differ by the rounding of a logarithm
            estimates.add(start, denoised, end)
            used = len(levels) - 1 - index if levels[-1] == 0 else order
            nodes, values = estimates.times[:used], estimates.values[:used]
            carried = (next_sigma / sigma) * x
            x = carried + weighted_sum(unified_weights(nodes, start, end, b), values)
            before = carried, unified_weights([*nodes, end], start, end, b), values
        yield Step(index, sigmas[index + 1], x, denoised)


def unified_weights(
    nodes: Sequence[float], start: float, end: float, b: Callable[[float], float]
) -> list[float]:
    """The weights of estimates at `nodes` in lambda, the first at `start` (Zhao et al. 2023, section 3).

    To solve R_p(h) a_p = phi_p(h) / B(h) is to integrate the polynomial through the estimates, whatever B is.
    With two estimates the paper takes a_1 = 1/2 instead, and there B makes a difference.
    """
    if len(nodes) != 2:
        return data_weights(nodes, start, end)
    h = end - start
    other = b(h) * h / (2 * (nodes[1] - start))  # b(h) a_1 / r_1
    return [-math.expm1(-h) - other, other]
