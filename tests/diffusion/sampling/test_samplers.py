import math
import statistics

import pytest
import torch

from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.diffusion.sampling.samplers.ddim import ddim
from graphengine.diffusion.sampling.schedules import karras


def last(steps):
    *_, step = steps
    return step.x


def falling(steps, highest=10.0, lowest=0.1):
    """Karras's schedule in float64, ending above 0, where the closed form is not the mean."""
    ramp = torch.linspace(0, 1, steps + 1, dtype=torch.float64)
    return (highest ** (1 / 7) + ramp * (lowest ** (1 / 7) - highest ** (1 / 7))) ** 7


@pytest.mark.parametrize(("name", "order"), [("euler", 1), ("ddim", 1), ("heun", 2), ("dpmpp_2m", 2)])
def test_the_ode_is_solved_at_the_published_order(gaussian, name, order):
    x = torch.randn(1, 1, 8, 8, dtype=torch.float64, generator=torch.Generator().manual_seed(0)) * 10
    counts = [8, 16, 32, 64, 128]
    errors = []
    for count in counts:
        sigmas = falling(count)
        reached = last(SAMPLERS[name].method(gaussian.denoise, x, sigmas, NoiseSource([0])))
        errors.append((reached - gaussian.flow(x, sigmas[0], sigmas[-1])).abs().max().item())
    slope = statistics.linear_regression(
        [math.log(count) for count in counts], [math.log(e) for e in errors]
    ).slope
    assert -slope == pytest.approx(order, abs=0.3)
    assert errors[-1] < 0.05 / 16 ** (order - 1)


@pytest.mark.parametrize("name", ["euler_ancestral", "ddpm"])
def test_fresh_noise_leads_to_the_distribution_of_the_data(gaussian, noise_schedule, name):
    values = 100 * 100
    noise = NoiseSource([1])
    sigmas = karras(noise_schedule, 600).values  # fewer leave the variance visibly low
    x = sigmas[0] * noise.like(torch.zeros(1, 1, 100, 100))
    samples = last(SAMPLERS[name].method(gaussian.denoise, x, sigmas, noise))
    assert abs(samples.mean().item() - gaussian.mu) < 3 * gaussian.s / values**0.5
    assert abs(samples.var().item() - gaussian.s**2) < 3 * gaussian.s**2 * (2 / values) ** 0.5


def sampled(method, gaussian, noise_schedule, **options):
    noise = NoiseSource([3])
    sigmas = karras(noise_schedule, 12).values
    x = sigmas[0] * noise.like(torch.zeros(1, 4, 8, 8))
    return last(method(gaussian.denoise, x, sigmas, noise, **options))


@pytest.mark.parametrize(
    ("name", "other", "options"),
    [("euler", "ddim", {}), ("ddpm", "euler_ancestral", {}), ("ddpm", "ddim", {"eta": 1.0})],
)
def test_methods_that_are_the_same_mathematics_agree(gaussian, noise_schedule, name, other, options):
    expected = sampled(SAMPLERS[name].method, gaussian, noise_schedule)
    actual = sampled(SAMPLERS[other].method, gaussian, noise_schedule, **options)
    torch.testing.assert_close(actual, expected, rtol=1e-5, atol=1e-5)


def test_eta_between_0_and_1_lies_between_ddim_and_ddpm(gaussian, noise_schedule):
    spread = [sampled(ddim, gaussian, noise_schedule, eta=eta) for eta in (0.0, 0.5, 1.0)]
    assert not torch.allclose(spread[0], spread[1], atol=1e-3)
    assert not torch.allclose(spread[1], spread[2], atol=1e-3)


@pytest.mark.parametrize(
    ("name", "calls"),
    [("euler", 5), ("euler_ancestral", 5), ("heun", 9), ("dpmpp_2m", 5), ("ddim", 5), ("ddpm", 5)],
)
def test_the_network_is_called_as_often_as_the_method_says(gaussian, noise_schedule, name, calls):
    asked = []

    def denoise(x, sigma):
        asked.append(sigma)
        return gaussian.denoise(x, sigma)

    sigmas = karras(noise_schedule, 5).values
    steps = list(SAMPLERS[name].method(denoise, torch.randn(1, 4, 8, 8), sigmas, NoiseSource([0])))
    assert len(asked) == calls
    assert [step.index for step in steps] == [0, 1, 2, 3, 4]
    assert torch.equal(torch.stack([step.sigma for step in steps]), sigmas[1:])


@pytest.mark.parametrize("name", SAMPLERS)
class TestEverySampler:
    def test_the_last_step_to_0_ends_at_the_denoised_latent(self, gaussian, noise_schedule, name):
        sigmas = karras(noise_schedule, 5).values
        x = torch.randn(2, 4, 8, 8) * 14
        *_, step = SAMPLERS[name].method(gaussian.denoise, x, sigmas, NoiseSource([0, 1]))
        torch.testing.assert_close(step.x, step.denoised, rtol=1e-5, atol=1e-5)

    def test_no_step_is_taken_before_it_is_asked_for(self, noise_schedule, name):
        def denoise(x, sigma):
            raise RuntimeError("called")

        sigmas = karras(noise_schedule, 5).values
        steps = SAMPLERS[name].method(denoise, torch.zeros(1, 4, 8, 8), sigmas, NoiseSource([0]))
        with pytest.raises(RuntimeError, match="called"):
            next(steps)

    def test_the_given_latent_is_left_alone(self, gaussian, noise_schedule, name):
        x = torch.ones(1, 4, 8, 8)
        list(SAMPLERS[name].method(gaussian.denoise, x, karras(noise_schedule, 5).values, NoiseSource([0])))
        assert torch.equal(x, torch.ones(1, 4, 8, 8))

    def test_no_sigmas_to_pass_means_no_steps(self, gaussian, name):
        x, sigmas = torch.ones(1, 4, 8, 8), torch.zeros(1)
        assert not list(SAMPLERS[name].method(gaussian.denoise, x, sigmas, NoiseSource([0])))

    def test_the_latent_may_live_on_another_device(self, gaussian, noise_schedule, name):
        x, sigmas = torch.ones(1, 4, 8, 8, device="meta"), karras(noise_schedule, 3).values
        for step in SAMPLERS[name].method(gaussian.denoise, x, sigmas, NoiseSource([0])):
            assert step.x.device.type == "meta"
            assert step.sigma.device.type == "cpu"


def test_samplers_are_those_of_the_menu_and_cannot_be_changed():
    assert list(SAMPLERS) == sorted(SAMPLERS)
    assert all(name == sampler.name for name, sampler in SAMPLERS.items())
    with pytest.raises(TypeError):
        SAMPLERS["euler"] = SAMPLERS["heun"]
