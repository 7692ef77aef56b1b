import pytest
import torch

from graphengine.diffusion.sampling.denoiser import EpsilonDenoiser, VelocityDenoiser

CONTEXT = torch.zeros(2, 3, 4)


@pytest.fixture
def noised(noise_schedule):
    """x_0 and eps, with the forward process's x_t at timestep 400 and the same in the scale of sigma."""
    x_0, eps = torch.randn(2, 2, 4, 8, 8)
    timestep = torch.tensor(400)
    sigma = noise_schedule.sigmas[timestep]
    return x_0, eps, sigma, noise_schedule.diffuse(x_0, timestep.repeat(2), eps)


def test_a_network_that_knows_the_noise_gives_the_clean_latent(noise_schedule, noised):
    x_0, eps, sigma, x_t = noised

    def unet(x, timesteps, context):
        torch.testing.assert_close(x, x_t)
        torch.testing.assert_close(timesteps, torch.full((2,), 400.0), rtol=0, atol=1e-3)
        return eps

    denoised = EpsilonDenoiser(unet, noise_schedule)(x_0 + sigma * eps, sigma, CONTEXT)
    torch.testing.assert_close(denoised, x_0)


def test_a_network_that_knows_the_velocity_gives_the_clean_latent(noise_schedule, noised):
    x_0, eps, sigma, x_t = noised
    a = noise_schedule.alphas_cumprod[400]

    def unet(x, timesteps, context):
        torch.testing.assert_close(x, x_t)
        return a.sqrt() * eps - (1 - a).sqrt() * x_0

    denoised = VelocityDenoiser(unet, noise_schedule)(x_0 + sigma * eps, sigma, CONTEXT)
    torch.testing.assert_close(denoised, x_0, rtol=1e-5, atol=1e-5)


def test_timesteps_between_two_trained_ones_stay_fractional(noise_schedule):
    asked = []

    def unet(x, timesteps, context):
        asked.append(timesteps)
        return x

    sigma = (noise_schedule.sigmas[500] * noise_schedule.sigmas[501]).sqrt()
    EpsilonDenoiser(unet, noise_schedule)(torch.zeros(2, 4, 8, 8), sigma, CONTEXT)
    torch.testing.assert_close(asked[0], torch.tensor([500.5, 500.5]), rtol=0, atol=1e-3)


@pytest.mark.parametrize("adapter", [EpsilonDenoiser, VelocityDenoiser])
def test_only_the_network_works_in_half_precision(noise_schedule, adapter):
    seen = []
    answer = torch.linspace(1, 2, 7 * 4 * 8 * 8).reshape(7, 4, 8, 8).bfloat16()

    def unet(x, timesteps, context):
        seen.extend([x.dtype, context.dtype, timesteps.dtype])
        return answer

    x, sigma, context = torch.ones(7, 4, 8, 8), torch.tensor(3.0), torch.zeros(7, 3, 4)
    denoised = adapter(unet, noise_schedule, torch.bfloat16)(x, sigma, context)
    assert seen == [torch.bfloat16, torch.bfloat16, torch.float32]
    in_full = adapter(lambda *_: answer.float(), noise_schedule)(x, sigma, context)
    assert denoised.dtype == torch.float32
    assert torch.equal(denoised, in_full)
