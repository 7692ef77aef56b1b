"""Samplers with noise in their steps beside diffusers' schedulers, on the same noise, at every step.

Both ask one denoiser, a random network at guidance 7.5, at the same sigma: a scheduler gets its noise
estimate. Where diffusers keeps x in unit variance, our x is theirs times sqrt(sigma^2 + 1). Tolerance: 1e-4
of the largest value, in float32, since diffusers goes through the logarithms of rounded products.
"""

import diffusers
import pytest
import torch

from graphengine.diffusion.sampling.network_denoiser import NetworkDenoiser
from graphengine.diffusion.sampling.samplers import SAMPLERS
from tests.diffusion.sampling.noise_in_turn import NoiseInTurn
from tests.diffusion.sampling.text_guidance import text_guidance

STEPS, SEED = 10, 11
SD1 = {"beta_schedule": "scaled_linear", "beta_start": 0.00085, "beta_end": 0.012}
LEADING = {**SD1, "timestep_spacing": "leading", "steps_offset": 1, "clip_sample": False}


@pytest.fixture
def denoise(unet, contexts, noise_schedule):
    return text_guidance(NetworkDenoiser(unet, noise_schedule), *contexts, 7.5)


def to_zero(levels):
    return torch.cat([torch.as_tensor(levels).float(), torch.zeros(1)])


def at_timesteps(scheduler):
    a = scheduler.alphas_cumprod[scheduler.timesteps]
    return to_zero(((1 - a) / a).sqrt())


def theirs(scheduler, denoise, sigmas, **options):
    """x after each step, in the scale of sigma."""
    generator = torch.Generator().manual_seed(SEED)
    x = sigmas[0] * torch.randn(1, 4, 8, 8, generator=generator)
    reached = []
    for timestep, sigma, next_sigma in zip(scheduler.timesteps, sigmas, sigmas[1:], strict=False):
        eps = (x - denoise(x, sigma)) / sigma
        sample = x / (sigma**2 + 1).sqrt()
        sample = scheduler.step(eps, timestep, sample, generator=generator, **options).prev_sample
        x = sample * (next_sigma**2 + 1).sqrt()
        reached.append(x)
    return torch.stack(reached)


def ours(name, denoise, sigmas, **options):
    noise = NoiseInTurn(SEED)
    x = sigmas[0] * noise.like(torch.zeros(1, 4, 8, 8))
    steps = SAMPLERS[name].with_options(**options).method(denoise, x, sigmas, noise)
    return torch.stack([step.x for step in steps])


def assert_agree(actual, expected):
    assert expected[-1].std() > 0.5
    assert (actual - expected).abs().max() / expected.abs().max() < 1e-4


@pytest.mark.parametrize("eta", [0.3, 1.0])
def test_ddim_with_noise(denoise, eta):
    scheduler = diffusers.DDIMScheduler(**LEADING, set_alpha_to_one=True)
    scheduler.set_timesteps(STEPS)
    sigmas = at_timesteps(scheduler)
    assert_agree(ours("ddim", denoise, sigmas, eta=eta), theirs(scheduler, denoise, sigmas, eta=eta))


@pytest.mark.parametrize("use_karras_sigmas", [False, True])
@pytest.mark.parametrize("solver", ["midpoint", "heun"])
def test_dpmpp_2m_sde(denoise, use_karras_sigmas, solver):
    scheduler = diffusers.DPMSolverMultistepScheduler(
        **SD1,
        algorithm_type="sde-dpmsolver++",
        solver_type=solver,
        final_sigmas_type="zero",
        use_karras_sigmas=use_karras_sigmas,
    )
    scheduler.set_timesteps(STEPS)
    name = {"midpoint": "dpmpp_2m_sde", "heun": "dpmpp_2m_sde_heun"}[solver]
    assert_agree(ours(name, denoise, scheduler.sigmas), theirs(scheduler, denoise, scheduler.sigmas))


def test_lcm(denoise):
    # diffusers puts c_skip x + c_out x_0 in the place of x_0; at these timesteps c_skip is below 1e-5
    scheduler = diffusers.LCMScheduler(**SD1, clip_sample=False)
    scheduler.set_timesteps(4)
    assert scheduler.timesteps.min() > 200
    sigmas = at_timesteps(scheduler)
    assert_agree(ours("lcm", denoise, sigmas), theirs(scheduler, denoise, sigmas))


@pytest.mark.parametrize("gamma", [0.0, 0.25, 1.0])
def test_tcd(denoise, gamma):
    # diffusers takes gamma's share of the timestep, we take it of sigma: here sigma is the timestep / 100
    sigmas = (torch.arange(1000) / 100).clamp(min=1e-6).double()
    a = 1 / (1 + sigmas**2)
    betas = 1 - torch.cat([a[:1], a[1:] / a[:-1]])
    scheduler = diffusers.TCDScheduler(trained_betas=betas.tolist(), clip_sample=False, set_alpha_to_one=True)
    scheduler.set_timesteps(timesteps=[800, 600, 400, 200])
    levels = torch.tensor([8.0, 6, 4, 2, 0])
    assert_agree(ours("tcd", denoise, levels, gamma=gamma), theirs(scheduler, denoise, levels, eta=gamma))


def test_dpm_2_ancestral(denoise):
    scheduler = diffusers.KDPM2AncestralDiscreteScheduler(**SD1)
    scheduler.set_timesteps(STEPS)
    sigmas = scheduler.sigmas[::2]  # each step of two calls has its level twice
    generator = torch.Generator().manual_seed(SEED)
    x = sigmas[0] * torch.randn(1, 4, 8, 8, generator=generator)
    reached = []
    for timestep in scheduler.timesteps:
        scaled = scheduler.scale_model_input(x, timestep)
        first = scheduler.state_in_first_order
        sigma = (scheduler.sigmas if first else scheduler.sigmas_interpol)[scheduler.step_index - (not first)]
        eps = (x - denoise(scaled * (sigma**2 + 1).sqrt(), sigma)) / sigma
        x = scheduler.step(eps, timestep, x, generator=generator).prev_sample
        if scheduler.state_in_first_order or timestep == scheduler.timesteps[-1]:
            reached.append(x)
    assert_agree(ours("dpm_2_ancestral", denoise, sigmas), torch.stack(reached))


@pytest.mark.parametrize("tau", [0.0, 1.0])
@pytest.mark.parametrize(("predictor", "corrector"), [(1, 1), (2, 2), (3, 4), (3, 2)])
def test_sa_solver(denoise, tau, predictor, corrector):
    # diffusers ends above 0, where it still lowers the orders and we don't need to
    scheduler = diffusers.SASolverScheduler(
        **SD1,
        tau_func=lambda timestep: tau,
        predictor_order=predictor,
        corrector_order=corrector,
        lower_order_final=False,
    )
    scheduler.set_timesteps(STEPS)
    options = {"tau": tau, "predictor_order": predictor, "corrector_order": corrector}
    actual = ours("sa_solver", denoise, scheduler.sigmas, **options)
    assert_agree(actual, theirs(scheduler, denoise, scheduler.sigmas))
