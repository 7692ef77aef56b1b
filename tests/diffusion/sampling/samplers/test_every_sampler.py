"""What any sampler must stand, whoever wrote it."""

import pytest
import torch

from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.diffusion.sampling.schedules import karras
from tests.diffusion.sampling.unguided_pair import UnguidedPair

MEANS_OF_NOISE = {"ipndm", "ipndm_v", "lms", "plms"}
"""They go to 0 along a mean of noise estimates, so near the last estimate of x_0, but not to it."""
CONSISTENCY = {"lcm", "tcd"}
"""For models that know a path's end from anywhere on it; the mean, which others give, varies less."""
READS_THE_LATENT = {"dpm_adaptive"}
"""It must know the error of a step before the next one."""


def steps(name, denoise, x, sigmas):
    sampler = SAMPLERS[name]
    noise = NoiseSource(range(len(x)))
    noise = noise if sampler.noise is None else noise.of_kind(sampler.noise)
    return sampler.method(UnguidedPair(denoise), x, sigmas, noise)


def noisy(sigma, dtype=torch.float32):
    return sigma.to(dtype) * torch.randn(2, 4, 8, 8, generator=torch.Generator().manual_seed(0)).to(dtype)


@pytest.mark.parametrize("name", SAMPLERS)
class TestEverySampler:
    def test_the_last_step_to_0_ends_at_the_denoised_latent(self, gaussian, noise_schedule, name):
        sigmas = karras(noise_schedule, 12).values
        *_, step = steps(name, gaussian.denoise, noisy(sigmas[0]), sigmas)
        near = 1e-2 if name in MEANS_OF_NOISE else 1e-5
        torch.testing.assert_close(step.x, step.denoised, rtol=near, atol=near)

    @pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
    def test_it_comes_near_the_data_in_either_precision(self, gaussian, noise_schedule, name, dtype):
        sigmas = karras(noise_schedule, 60).values.to(dtype)
        *_, step = steps(name, gaussian.denoise, noisy(sigmas[0], dtype), sigmas)
        assert step.x.dtype == step.denoised.dtype == dtype
        assert step.x.mean().item() == pytest.approx(gaussian.mu, abs=0.1)
        if name not in CONSISTENCY:
            assert step.x.std().item() == pytest.approx(gaussian.s, abs=0.12)

    @pytest.mark.parametrize(("first", "last"), [(0, 8), (6, 12), (6, 11), (11, 12), (10, 11)])
    def test_a_part_of_a_schedule_leads_to_its_last_level(self, gaussian, noise_schedule, name, first, last):
        sigmas = karras(noise_schedule, 12).values[first : last + 1]
        x = noisy((gaussian.s**2 + sigmas[0] ** 2).sqrt()) + gaussian.mu
        taken = list(steps(name, gaussian.denoise, x, sigmas))
        assert taken[-1].sigma == sigmas[-1]
        assert taken[-1].index == len(sigmas) - 2
        assert all(step.x.isfinite().all() for step in taken)
        spread = (gaussian.s**2 + sigmas[-1] ** 2).sqrt().item()
        assert taken[-1].x.mean().item() == pytest.approx(gaussian.mu, abs=0.4 * spread)

    @pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
    def test_levels_that_nearly_coincide_make_no_difference(self, gaussian, noise_schedule, name, dtype):
        if SAMPLERS[name].noise is not None:
            pytest.skip("noise in the steps")
        sigmas = karras(noise_schedule, 20).values.to(dtype)
        close = torch.nextafter(sigmas[5:9], torch.zeros(()).to(dtype))
        crowded = torch.cat([sigmas, close]).sort(descending=True).values
        x, generator = noisy(sigmas[0], dtype), torch.Generator().manual_seed(1)

        def rounded(x, sigma):
            jitter = torch.randn(x.shape, generator=generator, dtype=x.dtype)
            return gaussian.denoise(x, sigma) * (1 + 1e-6 * jitter)  # as a network in float32 would

        *_, step = steps(name, rounded, x, crowded)
        *_, expected = steps(name, rounded, x, sigmas)
        torch.testing.assert_close(step.x, expected.x, rtol=0.05, atol=0.05)

    def test_no_step_is_taken_before_it_is_asked_for(self, noise_schedule, name):
        def denoise(x, sigma):
            raise RuntimeError("called")

        sigmas = karras(noise_schedule, 5).values
        waiting = steps(name, denoise, torch.zeros(1, 4, 8, 8), sigmas)
        with pytest.raises(RuntimeError, match="called"):
            next(waiting)

    def test_the_given_latent_is_left_alone(self, gaussian, noise_schedule, name):
        x = torch.ones(1, 4, 8, 8)
        list(steps(name, gaussian.denoise, x, karras(noise_schedule, 5).values))
        assert torch.equal(x, torch.ones(1, 4, 8, 8))

    @pytest.mark.parametrize("sigma", [0.0, 3.0])
    def test_no_sigmas_to_pass_means_no_steps(self, gaussian, name, sigma):
        assert not list(steps(name, gaussian.denoise, torch.ones(1, 4, 8, 8), torch.tensor([sigma])))

    def test_the_latent_may_live_on_another_device(self, gaussian, noise_schedule, name):
        if name in READS_THE_LATENT:
            pytest.skip("its next step depends on the values, and a meta tensor has none")
        x, sigmas = torch.ones(1, 4, 8, 8, device="meta"), karras(noise_schedule, 6).values
        for step in steps(name, gaussian.denoise, x, sigmas):
            assert step.x.device.type == "meta"
            assert step.sigma.device.type == "cpu"
