import diffusers
import pytest
import torch

from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule


def test_stable_diffusions_schedule_is_diffusers(noise_schedule):
    scheduler = diffusers.DDPMScheduler(beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012)
    assert noise_schedule.timesteps == 1000
    torch.testing.assert_close(noise_schedule.alphas_cumprod, scheduler.alphas_cumprod, rtol=2e-5, atol=0)


def test_diffusing_keeps_the_variance_and_the_ratio_of_sigma(noise_schedule):
    x_0, eps = torch.randn(2, 3, 4, 8, 8)
    timesteps = torch.tensor([0, 500, 999])
    x_t = noise_schedule.diffuse(x_0, timesteps, eps)
    sigma = noise_schedule.sigmas[timesteps][:, None, None, None]
    torch.testing.assert_close(x_t, (x_0 + sigma * eps) / (sigma**2 + 1).sqrt(), rtol=1e-4, atol=1e-5)


def test_a_schedule_may_have_any_number_of_timesteps():
    short = NoiseSchedule.scaled_linear(timesteps=50)
    assert short.timesteps == len(short.sigmas) == 50
    assert (short.sigmas.diff() > 0).all()


def test_zero_terminal_snr_is_diffusers(noise_schedule):
    scheduler = diffusers.EulerDiscreteScheduler(
        beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012, rescale_betas_zero_snr=True
    )
    rescaled = noise_schedule.zero_terminal_snr()
    # Theirs is in float32 throughout, which tells where signal is a difference of small numbers.
    torch.testing.assert_close(rescaled.alphas_cumprod, scheduler.alphas_cumprod, rtol=1e-4, atol=1e-9)
    assert rescaled.alphas_cumprod[-1] == scheduler.alphas_cumprod[-1]


def test_zero_terminal_snr_leaves_the_first_timestep_and_no_signal_at_the_last(noise_schedule):
    rescaled = noise_schedule.zero_terminal_snr()
    torch.testing.assert_close(rescaled.sigma_min, noise_schedule.sigma_min)
    assert rescaled.sigma_max == pytest.approx(4096)
    root, rescaled_root = (
        noise_schedule.alphas_cumprod.double().sqrt(),
        rescaled.alphas_cumprod.double().sqrt(),
    )
    slope = rescaled_root[:-1].diff() / root[:-1].diff()  # algorithm 1 is linear in sqrt(a)
    torch.testing.assert_close(slope, slope.mean().expand(998), rtol=1e-2, atol=0)
