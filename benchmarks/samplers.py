"""How near every sampler comes to the truth, where the truth is known, as tables in Markdown.

    python benchmarks/samplers.py > samplers.md

Networks that answer exactly for a Gaussian and for a mixture of two stand in for trained ones, through the
real denoisers for noise, v and flow velocity, in float64. The highest and the lowest noise are those of
Stable Diffusion 1.

Deterministic samplers are measured against the probability flow ODE, whose solution keeps quantiles. Their
steps grow from the start with the square of their index, so that the first steps of multistep methods, which
are of lower order, don't hide the order of the others. Samplers with noise in their steps start from noised
data and run down to 0 along Karras's levels; their samples should have the distribution of the data.
"""

import argparse
import math
import multiprocessing
import statistics
from collections.abc import Iterator
from typing import NamedTuple

import torch
from exact_networks import ExactModel, exploding, levels_for
from known_distributions import Gaussian, GaussianMixture
from published_orders import PUBLISHED_ORDERS
from torch import Tensor

from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.preconditioning import Prediction
from graphengine.diffusion.sampling.sample import sample
from graphengine.diffusion.sampling.samplers import SAMPLERS, Sampler, Step
from graphengine.diffusion.sampling.sigmas import Sigmas

HIGHEST, LOWEST = 14.6146, 0.0292
COUNTS = (5, 11, 20, 41, 80, 158)
"""Steps. They leave 2 when divided by 3, with which `dpm_fast` is of third order to its end."""
FINER = 320
"""Steps of one more run, which tells the order with the two before it, or mean and variance."""
FITTED = 3
PREDICTIONS: tuple[Prediction, ...] = ("epsilon", "v", "flow")
DISTRIBUTIONS = {"Gaussian": Gaussian(), "mixture": GaussianMixture()}
CHANCE = "0.005 to 0.01 for the Gaussian and 0.01 to 0.02 for the mixture"
PATHS, SAMPLES = 64, 4096
JUMPS = {"lcm": 0.0, "tcd": 0.7}
"""For consistency samplers the exact network is that of a consistency model."""


class Run(NamedTuple):
    """What a run ended with."""

    x: Tensor
    """At the last level, in the scale x_0 + sigma * eps."""
    start: Tensor
    steps: int


class Ode(NamedTuple):
    """The errors of a deterministic sampler over the counts of steps."""

    name: str
    data: str
    prediction: Prediction
    steps: list[int]
    errors: list[float]

    @property
    def order(self) -> float:
        """The slope of log error over log steps in the finest runs."""
        steps, errors = self.steps[-FITTED:], self.errors[-FITTED:]
        slope = statistics.linear_regression(
            [math.log(each) for each in steps], [math.log(each) for each in errors]
        ).slope
        return -slope

    @property
    def passed(self) -> bool:
        """Whether it is the published order within 0.3."""
        return abs(self.order - PUBLISHED_ORDERS[self.name][0]) <= 0.3


class Sde(NamedTuple):
    """How the samples of a stochastic sampler are distributed."""

    name: str
    data: str
    prediction: Prediction
    distances: list[float]
    """Wasserstein-1 to the data's quantiles, over the counts of steps."""
    mean: float
    """Of the finest run: its distance from the data's, in standard errors."""
    variance: float
    """The same."""

    @property
    def passed(self) -> bool:
        """Whether mean and variance are the data's within 3 standard errors."""
        return abs(self.mean) <= 3 and abs(self.variance) <= 3


def graded(steps: int) -> Tensor:
    """Levels that end above 0, with steps that grow from the start."""
    ramp = torch.linspace(0, 1, steps + 1, dtype=torch.float64) ** 2
    return (HIGHEST ** (1 / 7) + ramp * (LOWEST ** (1 / 7) - HIGHEST ** (1 / 7))) ** 7


def karras(steps: int) -> Tensor:
    """Karras's levels, which end in 0."""
    ramp = torch.linspace(0, 1, steps, dtype=torch.float64)
    values = (HIGHEST ** (1 / 7) + ramp * (LOWEST ** (1 / 7) - HIGHEST ** (1 / 7))) ** 7
    return torch.cat([values, torch.zeros(1, dtype=torch.float64)])


def run(sampler: Sampler, model: ExactModel, sigmas: Sigmas, x_0: Tensor) -> Run:
    """Put noise on x_0 and sample."""
    noise = NoiseSource([7])
    levels = exploding(sigmas)
    steps: list[Step] = []
    sampled = sample(model, x_0, sigmas, sampler, noise, on_step=steps.append)
    end = sampled.x * (1 + levels[-1]) if sigmas.scale == "flow" else sampled.x
    return Run(end, x_0 + levels[0] * noise.like(x_0), len(steps))


def ladder(name: str) -> Iterator[tuple[Sampler, int]]:
    """A sampler with ever more steps; the adaptive one with ever less tolerance and the same levels."""
    for count in (*COUNTS, FINER):
        if name == "dpm_adaptive":
            tolerance = 0.05 * (5 / count) ** 3
            options = {"rtol": tolerance, "atol": tolerance / 6, "most_steps": 10_000}
            yield SAMPLERS[name].with_options(**options), 1
        else:
            yield SAMPLERS[name], count


def judge_ode(name: str, data: str, prediction: Prediction) -> Ode:
    """Measure a deterministic sampler."""
    distribution, steps, errors = DISTRIBUTIONS[data], [], []
    zeros = torch.zeros(1, 1, 1, PATHS, dtype=torch.float64)
    for sampler, count in ladder(name):
        sigmas = levels_for(prediction, graded(count))
        end, start, taken = run(sampler, ExactModel(distribution, prediction, sigmas), sigmas, zeros)
        first, *_, last = exploding(sigmas)
        steps.append(taken if name == "dpm_adaptive" else count)
        errors.append((end - distribution.flow(start, first, last)).square().mean().sqrt().item())
    return Ode(name, data, prediction, steps, errors)


def judge_sde(name: str, data: str, prediction: Prediction) -> Sde:
    """Measure a stochastic sampler."""
    distribution, distances = DISTRIBUTIONS[data], []
    exact = distribution.draw((100 * SAMPLES,), torch.Generator().manual_seed(1)).sort().values
    quantiles = exact.reshape(SAMPLES, 100).mean(1)
    x_0 = distribution.draw((1, 1, 1, SAMPLES), torch.Generator().manual_seed(2))
    for count in (*COUNTS, FINER):
        sigmas = levels_for(prediction, karras(count))
        model = ExactModel(distribution, prediction, sigmas, JUMPS.get(name))
        x = run(SAMPLERS[name], model, sigmas, x_0).x.flatten()
        distances.append((x.sort().values - quantiles).abs().mean().item())
    deviation = x - distribution.mean
    mean = deviation.mean() / (distribution.variance / SAMPLES) ** 0.5
    square = (exact - distribution.mean).square()
    variance = (deviation.square().mean() - distribution.variance) / (square.var() / SAMPLES).sqrt()
    return Sde(name, data, prediction, distances, mean.item(), variance.item())


def verdict(passed: bool) -> str:
    """As the tables say it."""
    return "yes" if passed else "**no**"


def print_table(head: list[str], rows: list[list[str]]) -> None:
    """A table in Markdown."""
    for row in (head, ["---"] * len(head), *rows):
        print("| " + " | ".join(row) + " |")


def print_odes(judged: list[Ode]) -> None:
    """A short table of the orders, and one of all errors."""
    print("\n### Orders\n")
    rows = []
    for name in dict.fromkeys(each.name for each in judged):
        mine = [each for each in judged if each.name == name]
        order, source = PUBLISHED_ORDERS[name]
        orders = [f"{each.order:.2f}" for each in mine]
        rows.append([f"`{name}`", *orders, str(order), source, verdict(all(each.passed for each in mine))])
    columns = [f"{data}, {prediction}" for data in DISTRIBUTIONS for prediction in PREDICTIONS]
    print_table(["sampler", *columns, "published", "by", "within 0.3"], rows)
    print("\n### Errors\n")
    rows = [
        [f"`{each.name}`", each.data, each.prediction, *errors_of(each), f"{each.order:.2f}"]
        for each in judged
    ]
    print_table(["sampler", "data", "predicts", *(str(count) for count in COUNTS), "order"], rows)


def errors_of(judged: Ode) -> list[str]:
    """The errors, with the steps where the sampler chose them."""
    pairs = zip(judged.steps, judged.errors, COUNTS, strict=False)
    return [f"{error:.1e}" + (f" ({steps})" if steps != count else "") for steps, error, count in pairs]


def print_sdes(judged: list[Sde]) -> None:
    """One table."""
    rows = [
        [
            f"`{each.name}`",
            each.data,
            each.prediction,
            *(f"{distance:.3f}" for distance in each.distances),
            f"{each.mean:+.1f}",
            f"{each.variance:+.1f}",
            verdict(each.passed),
        ]
        for each in judged
    ]
    counts = [str(count) for count in (*COUNTS, FINER)]
    print_table(["sampler", "data", "predicts", *counts, "mean", "variance", "within 3"], rows)


def main() -> None:
    """Judge the samplers that the command line names, all if it names none."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="sampler", help="all if none is named")
    names: list[str] = parser.parse_args().names or sorted(SAMPLERS)
    cases = [(data, prediction) for data in DISTRIBUTIONS for prediction in PREDICTIONS]
    deterministic = [(name, *case) for name in names if name in PUBLISHED_ORDERS for case in cases]
    noisy = [(name, *case) for name in names if name not in PUBLISHED_ORDERS for case in cases]
    with multiprocessing.get_context("spawn").Pool(initializer=torch.set_num_threads, initargs=(1,)) as pool:
        odes, sdes = pool.starmap(judge_ode, deterministic), pool.starmap(judge_sde, noisy)
    if odes:
        print("## Deterministic samplers\n")
        print("Root mean square error against the probability flow ODE, over numbers of steps.")
        print_odes(odes)
    if sdes:
        print("\n## Samplers with noise in their steps\n")
        print(f"Wasserstein-1 distance of {SAMPLES} values from the data, over numbers of steps. Exact draws")
        print(f"have {CHANCE}. Then: how far mean and")
        print(f"variance are off with {FINER} steps, in standard errors.\n")
        print_sdes(sdes)


if __name__ == "__main__":
    main()
