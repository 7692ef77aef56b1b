"""Every step of the multistep samplers beside diffusers' schedulers: same network, noise and guidance.

They keep x in unit variance, so our x is theirs times sqrt(sigma^2 + 1), and round the timesteps that they
show the network; ours is shown the same. Tolerance: 1e-4 of the largest value, in float32.
"""

import diffusers
import pytest
import torch

from graphengine.diffusion.sampling.network_denoiser import NetworkDenoiser
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers import SAMPLERS

from .test_against_diffusers import LEADING, SCALE, SD1, SEED, trajectory
from .text_guidance import text_guidance


def exploding(xs, sigmas):
    """Their xs, at all sigmas but the first, in our scale."""
    return torch.stack([x * (sigma**2 + 1).sqrt() for x, sigma in zip(xs, sigmas[1:], strict=True)])


def ours(sampler, denoise, sigmas):
    x = sigmas[0] * NoiseSource([SEED]).like(torch.zeros(1, 4, 8, 8))
    return torch.stack([step.x for step in sampler.method(denoise, x, sigmas, NoiseSource([SEED]))])


def assert_agree(actual, expected):
    assert expected[-1].std() > 0.5
    assert (actual - expected).abs().max() / expected.abs().max() < 1e-4


@pytest.fixture
def denoise(unet, contexts, noise_schedule):
    def at_whole_timesteps(x, timesteps, context):
        return unet(x, timesteps.round(), context)

    return text_guidance(NetworkDenoiser(at_whole_timesteps, noise_schedule), *contexts, SCALE)


@pytest.mark.parametrize("solver_type", ["bh1", "bh2"])
@pytest.mark.parametrize("order", [1, 2, 3])
@pytest.mark.parametrize(
    "end",
    [
        {"final_sigmas_type": "zero"},
        {"final_sigmas_type": "sigma_min", "lower_order_final": False},
        {"final_sigmas_type": "zero", "use_karras_sigmas": True},
    ],
)
def test_uni_pc(unet, contexts, denoise, solver_type, order, end):
    """Where a run ends above 0 ours keeps its order to the end, as theirs does without lower_order_final.

    In the step to 0, whose h is infinite, theirs multiplies h by 0 where B(h) = h.
    """
    scheduler = diffusers.UniPCMultistepScheduler(**SD1, solver_order=order, solver_type=solver_type, **end)
    scheduler.set_timesteps(10)
    sigmas = scheduler.sigmas
    expected = exploding(trajectory(scheduler, unet, contexts, sigmas[0], unit_variance=True), sigmas)
    sampler = SAMPLERS["uni_pc" if solver_type == "bh1" else "uni_pc_bh2"].with_options(order=order)
    actual = ours(sampler, denoise, sigmas)
    if solver_type == "bh1" and sigmas[-1] == 0:
        assert actual[-1].isfinite().all()
        actual, expected = actual[:-1], expected[:-1]
    assert_agree(actual, expected)


@pytest.mark.parametrize("order", [1, 2, 3])
def test_deis(unet, contexts, denoise, order):
    """Theirs takes polynomials in log sigma, not in the paper's time; ours has that as an option."""
    scheduler = diffusers.DEISMultistepScheduler(**SD1, solver_order=order, lower_order_final=False)
    scheduler.set_timesteps(10)
    sigmas = scheduler.sigmas
    expected = exploding(trajectory(scheduler, unet, contexts, sigmas[0], unit_variance=True), sigmas)
    in_log_sigma = SAMPLERS["deis"].with_options(order=order, time="log_sigma")
    assert_agree(ours(in_log_sigma, denoise, sigmas), expected)
    if order > 1:
        difference = ours(SAMPLERS["deis"].with_options(order=order), denoise, sigmas) - expected
        assert difference.abs().max() / expected.abs().max() > 1e-3


@pytest.mark.parametrize("steps", [2, 3, 10])
def test_plms(unet, contexts, denoise, noise_schedule, steps):
    scheduler = diffusers.PNDMScheduler(**LEADING, skip_prk_steps=True, set_alpha_to_one=True)
    scheduler.set_timesteps(steps)
    timesteps = scheduler.timesteps.unique().flip(0)
    sigmas = torch.cat([noise_schedule.sigmas[timesteps], torch.zeros(1)])
    _, *xs = trajectory(scheduler, unet, contexts, sigmas[0], unit_variance=True)  # the first is a try
    assert_agree(ours(SAMPLERS["plms"], denoise, sigmas), exploding(xs, sigmas))


def test_ipndm(unet, contexts):
    """Theirs is for a velocity and has a schedule of its own, less its first sigma, which is infinite."""
    scheduler = diffusers.IPNDMScheduler()
    scheduler.set_timesteps(12)
    scheduler.set_begin_index(1)
    alphas, betas, times = scheduler.alphas[1:], scheduler.betas[1:], scheduler.timesteps[1:]
    sigmas = betas / alphas
    context = contexts[0]

    def velocity(x, time):
        return unet(x, 999 * time.reshape(1), context)

    x = betas[0] * NoiseSource([SEED]).like(torch.zeros(1, 4, 8, 8)) / (betas[0] ** 2 + alphas[0] ** 2).sqrt()
    start, xs = x, []
    for time in times:
        x = scheduler.step(velocity(x, time), time, x).prev_sample
        xs.append(x)

    def denoise(x, sigma):
        index = int((sigmas - sigma).abs().argmin())
        scaled = alphas[index] * x
        return alphas[index] * scaled - betas[index] * velocity(scaled, times[index])

    steps = SAMPLERS["ipndm"].method(denoise, start / alphas[0], sigmas, NoiseSource([SEED]))
    expected = torch.stack([x / alpha for x, alpha in zip(xs, alphas[1:], strict=True)])
    assert_agree(torch.stack([step.x for step in steps]), expected)
