"""A whole text-to-image run beside diffusers' scheduler of the same name: same network, noise and guidance.

In DDIM, DDPM and DPM-Solver diffusers keeps x in unit variance: our x is theirs times sqrt(sigma^2 + 1).
Each case sets their scheduler to our noise levels: `final_sigmas_type="zero"` and `set_alpha_to_one=True`
end in sigma 0. Their DPM-Solver rounds the timesteps that it shows the network: there ours is shown the same.
"""

import inspect

import diffusers
import pytest
import torch

from graphengine.diffusion.sampling.network_denoiser import NetworkDenoiser
from graphengine.diffusion.sampling.sample import sample
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.diffusion.sampling.schedules import ddim_uniform, karras, normal
from graphengine.diffusion.sampling.sigmas import Sigmas
from tests.diffusion.sampling.noise_in_turn import NoiseInTurn
from tests.diffusion.sampling.text_guidance import text_guidance

STEPS, SCALE, SEED = 10, 7.5, 11
SD1 = {"beta_schedule": "scaled_linear", "beta_start": 0.00085, "beta_end": 0.012}
LEADING = {**SD1, "timestep_spacing": "leading", "steps_offset": 1}


def theirs(scheduler, unet, contexts, sigma, *, unit_variance):
    """What diffusers' pipeline ends with, in its plainest form, from our noise."""
    *_, x = trajectory(scheduler, unet, contexts, sigma, unit_variance=unit_variance)
    return x


def trajectory(scheduler, unet, contexts, sigma, *, unit_variance):
    """Its x after every call of the network."""
    generator = torch.Generator().manual_seed(SEED)
    x = sigma * torch.randn(1, 4, 8, 8, generator=generator)
    if unit_variance:
        x = x / (sigma**2 + 1).sqrt()
    positive, negative = contexts
    for timestep in scheduler.timesteps:
        scaled = scheduler.scale_model_input(x, timestep)
        answers = unet(scaled.repeat(2, 1, 1, 1), timestep.float().repeat(2), torch.cat([negative, positive]))
        away, towards = answers.chunk(2)
        eps = away + SCALE * (towards - away)
        x = scheduler.step(eps, timestep, x, **takes_generator(scheduler, generator)).prev_sample
        yield x


def takes_generator(scheduler, generator):
    return {"generator": generator} if "generator" in inspect.signature(scheduler.step).parameters else {}


def ours(name, unet, contexts, sigmas, noise_schedule):
    denoise = text_guidance(NetworkDenoiser(unet, noise_schedule), *contexts, SCALE)
    return sample(denoise, torch.zeros(1, 4, 8, 8), sigmas, SAMPLERS[name], NoiseInTurn(SEED)).x


def assert_agree(actual, expected):
    assert expected.std() > 0.5
    assert (actual - expected).abs().max() / expected.abs().max() < 1e-4


CASES = {
    "euler, normal": ("euler", normal, diffusers.EulerDiscreteScheduler(**SD1)),
    "euler, karras": ("euler", karras, diffusers.EulerDiscreteScheduler(**SD1, use_karras_sigmas=True)),
    "euler, ddim_uniform": ("euler", ddim_uniform, diffusers.EulerDiscreteScheduler(**LEADING)),
    "dpm_2, normal": ("dpm_2", normal, diffusers.KDPM2DiscreteScheduler(**SD1)),
    "heun, normal": ("heun", normal, diffusers.HeunDiscreteScheduler(**SD1)),
    "heun, karras": ("heun", karras, diffusers.HeunDiscreteScheduler(**SD1, use_karras_sigmas=True)),
    "euler_ancestral, normal": ("euler_ancestral", normal, diffusers.EulerAncestralDiscreteScheduler(**SD1)),
}


@pytest.mark.parametrize("case", CASES)
def test_samplers_in_the_scale_of_sigma(unet, contexts, noise_schedule, case):
    name, schedule, scheduler = CASES[case]
    scheduler.set_timesteps(STEPS)
    sigmas = schedule(noise_schedule, STEPS)
    expected = theirs(scheduler, unet, contexts, sigmas.values[0], unit_variance=False)
    assert_agree(ours(name, unet, contexts, sigmas, noise_schedule), expected)


@pytest.mark.parametrize(
    ("name", "scheduler"),
    [
        ("ddim", diffusers.DDIMScheduler(**LEADING, set_alpha_to_one=True, clip_sample=False)),
        ("ddpm", diffusers.DDPMScheduler(**LEADING, clip_sample=False)),
    ],
)
def test_samplers_in_unit_variance(unet, contexts, noise_schedule, name, scheduler):
    scheduler.set_timesteps(STEPS)
    sigmas = ddim_uniform(noise_schedule, STEPS)
    expected = theirs(scheduler, unet, contexts, sigmas.values[0], unit_variance=True)
    assert_agree(ours(name, unet, contexts, sigmas, noise_schedule), expected)


@pytest.mark.parametrize("use_karras", [False, True])
def test_dpmpp_2m(unet, contexts, noise_schedule, use_karras):
    scheduler = diffusers.DPMSolverMultistepScheduler(
        **SD1,
        final_sigmas_type="zero",
        algorithm_type="dpmsolver++",
        solver_order=2,
        use_karras_sigmas=use_karras,
    )
    scheduler.set_timesteps(STEPS)
    sigmas = karras(noise_schedule, STEPS) if use_karras else Sigmas(scheduler.sigmas)

    def at_whole_timesteps(x, timesteps, context):
        return unet(x, timesteps.round(), context)

    expected = theirs(scheduler, unet, contexts, sigmas.values[0], unit_variance=True)
    assert_agree(ours("dpmpp_2m", at_whole_timesteps, contexts, sigmas, noise_schedule), expected)
