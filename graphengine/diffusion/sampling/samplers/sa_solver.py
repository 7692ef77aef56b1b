"""Stochastic Adams solver."""

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated

from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers.exponential import log_level
from graphengine.diffusion.sampling.samplers.history import History, weighted_sum
from graphengine.diffusion.sampling.samplers.options import Between, NoiseFactor
from graphengine.diffusion.sampling.samplers.step import Step
from graphengine.diffusion.sampling.samplers.uni_pc import unified_weights


def sa_solver(
    denoise: Denoise,
    x: Tensor,
    sigmas: Tensor,
    noise: NoiseSource,
    *,
    tau: Annotated[float, Between(0, 2)] = 1.0,
    predictor_order: Annotated[int, Between(1, 4)] = 3,
    corrector_order: Annotated[int, Between(0, 4)] = 4,
    s_noise: NoiseFactor = 1.0,
) -> Iterator[Step]:
    """A predictor and a corrector on the same noise, at one call a step (Xue et al. 2023, algorithm 1).

    tau: how much noise a step has, the same at all levels: 0 follows the ODE, as UniPC does, 1 the reverse-
    time SDE. corrector_order: 0 leaves the corrector out. The weights are eq. 15 and 18 in the time (1 +
    tau^2) lambda, where they are those of the ODE; with two estimates they are those of the authors' code,
    which takes UniPC's. Orders grow from the first step on and shrink before a step to 0, which ends in
    x_0.
    """
    k = 1 + tau**2
    estimates = History(max(predictor_order, corrector_order - 1))
    levels = sigmas.tolist()
    before: tuple[Tensor, list[float], list[Tensor]] | None = None
    for index, (sigma, next_sigma) in enumerate(pairwise(levels)):
        denoised = denoise(x, sigmas[index])
        if before is not None:
            carried, weights, values = before
            x = carried + weighted_sum(weights, [*values, denoised])
            before = None
        start, end = k * log_level(sigma), k * log_level(next_sigma)
        if next_sigma == 0:
            x = denoised
        elif end > start:  # not so where the two differ by the rounding of a logarithm
            estimates.add(start, denoised, end)
            carried = math.exp(start - end) * x
            if tau > 0:
                sigma_up = next_sigma * math.sqrt(-math.expm1(2 * tau**2 * (start - end) / k))
                carried = carried + s_noise * sigma_up * noise.between(x, sigmas[index], sigmas[index + 1])
            left = len(levels) - 1 - index if levels[-1] == 0 else len(levels)
            used = min(predictor_order, left)
            weights = unified_weights(estimates.times[:used], start, end, lambda h: h)
            x = carried + weighted_sum(weights, estimates.values)
            if corrector_order > 0:
                used = min(corrector_order - 1, left)
                weights = unified_weights([*estimates.times[:used], end], start, end, lambda h: h)
                before = carried, weights, estimates.values[:used]
        yield Step(index, sigmas[index + 1], x, denoised)
