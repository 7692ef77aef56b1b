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


def test_timesteps_and_sigmas_are_each_others_inverse(noise_schedule):
    timesteps = torch.tensor([0, 0.25, 1, 41.5, 500, 998.75, 999])
    there_and_back = noise_schedule.timestep_at(noise_schedule.sigma_at(timesteps))
    torch.testing.assert_close(there_and_back, timesteps, rtol=0, atol=1e-3)


def test_trained_timesteps_have_the_trained_sigmas(noise_schedule):
    torch.testing.assert_close(noise_schedule.sigma_at(torch.arange(1000.0)), noise_schedule.sigmas)


@pytest.mark.parametrize(("sigma", "timestep"), [(0.001, 0.0), (100.0, 999.0)])
def test_sigmas_beyond_the_trained_ones_get_the_nearest_timestep(noise_schedule, sigma, timestep):
    assert noise_schedule.timestep_at(torch.tensor(sigma)).item() == timestep


def test_a_schedule_may_have_any_number_of_timesteps():
    short = NoiseSchedule.scaled_linear(timesteps=50)
    assert short.timesteps == len(short.sigmas) == 50
    assert (short.sigmas.diff() > 0).all()
