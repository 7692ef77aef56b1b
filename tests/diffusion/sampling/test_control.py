"""Pictures that don't depend on the batch they are in, nor on being made in one run or two."""

import pytest
import torch
from torch import Tensor

from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.sample import Start, sample
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.diffusion.sampling.scale import Scale
from graphengine.diffusion.sampling.sigmas import Sigmas

MULTISTEP = frozenset(
    {
        "deis",
        "dpmpp_2m",
        "dpmpp_2m_cfg_pp",
        "dpmpp_2m_sde",
        "dpmpp_2m_sde_heun",
        "dpmpp_3m_sde",
        "er_sde",
        "gradient_estimation",
        "ipndm",
        "ipndm_v",
        "lms",
        "plms",
        "res_multistep",
        "res_multistep_ancestral",
        "sa_solver",
        "uni_pc",
        "uni_pc_bh2",
    }
)
"""These make use of the steps before, which a second run doesn't know."""
WHOLE_WAY = frozenset({"dpm_adaptive", "dpm_fast", "heunpp2"})
"""These choose or weigh their steps by where the run begins and ends."""


class Mixture:
    """E[x_0 | x] of data about -1 and 1, for each number by itself, so that no kernel sees the batch."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale

    def __call__(self, x: Tensor, sigma: Tensor) -> Tensor:
        signal = 1 - sigma if self.scale == "flow" else 1
        within = 0.25  # variance of each of the two
        variance = signal**2 * within + sigma**2
        mean = torch.tanh(signal * x / variance)
        return mean + signal * within / variance * (x - signal * mean)

    def pair(self, x: Tensor, sigma: Tensor) -> tuple[Tensor, Tensor]:
        guided = self(x, sigma)
        return guided, 0.7 * guided


def levels(scale: Scale, steps: int = 8) -> Sigmas:
    ramp = torch.linspace(1, 0, steps + 1)
    return Sigmas(ramp if scale == "flow" else 12 * ramp**3, scale)


def run(name: str, scale: Scale, seeds: list[int], steps: int = 8, cuts: tuple[int, ...] = ()) -> Tensor:
    """One run, or several of which each goes on from the noise that the one before left over."""
    sigmas, noise = levels(scale, steps), NoiseSource(seeds)
    latent = torch.zeros(len(seeds), 4, 8, 8)
    start = None
    for first, last in zip((0, *cuts), (*cuts, steps), strict=True):
        part = Sigmas(sigmas.values[first : last + 1], scale)
        latent = sample(Mixture(scale), latent, part, SAMPLERS[name], noise, start=start).x
        start = Start(latent, latent, torch.zeros_like(latent))
    return latent


@pytest.mark.parametrize("scale", ["exploding", "flow"])
@pytest.mark.parametrize("name", sorted(SAMPLERS.keys() - {"dpm_adaptive"}))
def test_a_picture_is_the_same_to_the_bit_alone_in_a_batch_and_in_another_order(name: str, scale: Scale):
    seeds = [7, 2**63, 3]
    batch = run(name, scale, seeds)
    turned = run(name, scale, seeds[::-1])
    assert torch.equal(batch, turned.flip(0))
    for index, seed in enumerate(seeds):
        assert torch.equal(batch[index : index + 1], run(name, scale, [seed]))


@pytest.mark.parametrize("name", sorted(SAMPLERS.keys() - WHOLE_WAY - MULTISTEP))
def test_a_run_that_goes_on_from_leftover_noise_is_the_whole_run_to_the_bit(name: str):
    whole = run(name, "exploding", [7, 3])
    for cuts in ((1,), (4,), (7,), (2, 5)):
        assert torch.equal(run(name, "exploding", [7, 3], cuts=cuts), whole)


@pytest.mark.parametrize("name", sorted(SAMPLERS.keys() - WHOLE_WAY - MULTISTEP))
def test_so_it_is_for_a_flow_model_where_the_sampler_stays_in_its_scale(name: str):
    whole, parts = run(name, "flow", [7, 3]), run(name, "flow", [7, 3], cuts=(3,))
    if SAMPLERS[name].scale == "any":
        assert torch.equal(parts, whole)
    else:  # going from one scale to the other and back rounds
        torch.testing.assert_close(parts, whole, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("name", sorted(SAMPLERS.keys() & (MULTISTEP | WHOLE_WAY)))
def test_where_the_second_run_knows_less_more_steps_bring_it_near_the_whole(name: str):
    shares = []
    for steps in (8, 64):
        whole = run(name, "exploding", [7, 3], steps)
        parts = run(name, "exploding", [7, 3], steps, cuts=(steps // 2,))
        # By the size of the result: under CFG++ it grows with the steps, where guidance grows with x as here.
        shares.append((parts - whole).abs().mean() / whole.abs().mean())
    few, many = shares
    assert few > 1e-6  # else it is no such sampler
    assert many < max(0.5 * few, 0.01)


def test_an_adaptive_sampler_looks_at_the_whole_batch():
    batch, alone = run("dpm_adaptive", "exploding", [7, 4, 3]), run("dpm_adaptive", "exploding", [3])
    assert (batch[2:] - alone).abs().max() < 0.01  # within the tolerance of its steps, as a mean


def test_a_masked_run_that_goes_on_knows_what_to_keep():
    generator = torch.Generator().manual_seed(1)
    x_0 = torch.randn(2, 4, 8, 8, generator=generator)
    mask = torch.rand(1, 8, 8, generator=generator)  # soft
    mask[:, :, :3] = 0
    sigmas, noise, sampler = levels("exploding"), NoiseSource([1, 2]), SAMPLERS["dpmpp_2s_ancestral"]
    whole = sample(Mixture("exploding"), x_0, sigmas, sampler, noise, mask=mask).x
    first, second = Sigmas(sigmas.values[:5]), Sigmas(sigmas.values[4:])
    begun = sample(Mixture("exploding"), x_0, first, sampler, noise, mask=mask).x
    start = Start(begun, x_0, noise.like(x_0))
    again = sample(Mixture("exploding"), begun, second, sampler, noise, start=start, mask=mask).x
    assert torch.equal(again[..., :3], x_0[..., :3])
    assert torch.equal(again, whole)
