"""CFG++ beside its paper's algorithm, and beside the samplers that it changes."""

from itertools import pairwise

import pytest
import torch

from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.diffusion.sampling.schedules import karras
from tests.diffusion.sampling.unguided_pair import UnguidedPair

PLAIN = {name: name.removesuffix("_cfg_pp") for name in SAMPLERS if name.endswith("_cfg_pp")}
GUIDANCE = 0.6
"""lambda in the paper: x_0 is unconditional + lambda (conditional - unconditional)."""


class Guided:
    """Guidance of two distributions."""

    def __init__(self, conditional, unconditional, guidance):
        self.conditional, self.unconditional, self.guidance = conditional, unconditional, guidance

    def __call__(self, x, sigma):
        return self.pair(x, sigma)[0]

    def pair(self, x, sigma):
        unconditional = self.unconditional.denoise(x, sigma)
        return torch.lerp(unconditional, self.conditional.denoise(x, sigma), self.guidance), unconditional


def reached(name, denoise, sigmas):
    noise = NoiseSource([5])
    x = sigmas[0] * noise.like(torch.zeros(1, 4, 8, 8)).double()
    return torch.stack([step.x for step in SAMPLERS[name].method(denoise, x, sigmas, noise)])


@pytest.fixture
def sigmas(noise_schedule):
    return karras(noise_schedule, 12).values.double()


def test_there_are_four_of_them():
    assert set(PLAIN.values()) == {"euler", "euler_ancestral", "dpmpp_2s_ancestral", "dpmpp_2m"}
    assert {name for name, sampler in SAMPLERS.items() if sampler.pair} == set(PLAIN)


@pytest.mark.parametrize("name", PLAIN)
def test_without_guidance_it_is_the_plain_sampler(mixture, sigmas, name):
    denoise = UnguidedPair(mixture.denoise)
    actual, expected = (reached(each, denoise, sigmas) for each in (name, PLAIN[name]))
    torch.testing.assert_close(actual, expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", PLAIN)
def test_with_guidance_it_is_not(gaussian, mixture, sigmas, name):
    denoise = Guided(gaussian, mixture, GUIDANCE)
    actual, expected = (reached(each, denoise, sigmas) for each in (name, PLAIN[name]))
    assert (actual[-1] - expected[-1]).abs().max() > 0.05


@pytest.mark.parametrize("guidance", [0.0, GUIDANCE, 1.0])
def test_euler_cfg_pp_is_ddim_with_cfg_pp_as_the_paper_writes_it(gaussian, mixture, sigmas, guidance):
    # algorithm 2, in unit variance: x_0 by the guided noise, then the unconditional noise of the next level
    a = 1 / (1 + sigmas**2)
    x = (1 - a[0]).sqrt() * NoiseSource([5]).like(torch.zeros(1, 4, 8, 8)).double()
    expected = []
    for (a_t, a_next), (sigma, next_sigma) in zip(pairwise(a), pairwise(sigmas), strict=True):
        eps, eps_conditional = (
            (x - a_t.sqrt() * each.denoise(x / a_t.sqrt(), sigma)) / (1 - a_t).sqrt()
            for each in (mixture, gaussian)
        )
        eps_guided = eps + guidance * (eps_conditional - eps)
        x_0 = (x - (1 - a_t).sqrt() * eps_guided) / a_t.sqrt()
        x = a_next.sqrt() * x_0 + (1 - a_next).sqrt() * eps
        expected.append(x * (next_sigma**2 + 1).sqrt())
    actual = reached("euler_cfg_pp", Guided(gaussian, mixture, guidance), sigmas)
    torch.testing.assert_close(actual, torch.stack(expected), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", ["euler_ancestral_cfg_pp", "dpmpp_2s_ancestral_cfg_pp"])
def test_without_noise_the_ancestral_ones_follow_the_unconditional_slope(gaussian, mixture, sigmas, name):
    # from wherever they look, they go to the guided x_0 plus the unconditional noise of the next level
    denoise, noise = Guided(gaussian, mixture, GUIDANCE), NoiseSource([5])
    x = sigmas[0] * noise.like(torch.zeros(1, 4, 8, 8)).double()
    step = next(SAMPLERS[name].with_options(eta=0.0).method(denoise, x, sigmas, noise))
    seen, level = x, sigmas[0]
    if name.startswith("dpmpp_2s"):
        level = (sigmas[0] * sigmas[1]).sqrt()
        unconditional = mixture.denoise(x, sigmas[0])
        seen = unconditional + level / sigmas[0] * (x - unconditional)
    guided, unconditional = denoise.pair(seen, level)
    torch.testing.assert_close(
        step.x, guided + sigmas[1] / sigmas[0] * (x - unconditional), rtol=1e-9, atol=1e-9
    )


def test_dpmpp_2m_cfg_pp_of_the_second_step_by_hand(gaussian, mixture, sigmas):
    denoise = Guided(gaussian, mixture, GUIDANCE)
    first, second = reached("dpmpp_2m_cfg_pp", denoise, sigmas)[:2]
    start = sigmas[0] * NoiseSource([5]).like(torch.zeros(1, 4, 8, 8)).double()
    guided, unconditional = denoise.pair(first, sigmas[1])
    h, h_before = (sigmas[1] / sigmas[2]).log(), (sigmas[0] / sigmas[1]).log()
    change = guided - mixture.denoise(start, sigmas[0])
    expected = guided + (-h).exp() * (first - unconditional) + (1 - (-h).exp()) * h / (2 * h_before) * change
    torch.testing.assert_close(second, expected, rtol=1e-9, atol=1e-9)
