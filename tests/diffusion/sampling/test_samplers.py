import pytest
import torch

from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.diffusion.sampling.samplers.ddim import ddim
from graphengine.diffusion.sampling.schedules import karras


def last(steps):
    *_, step = steps
    return step.x


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
    [
        ("ddim", 5),
        ("ddpm", 5),
        ("deis", 5),
        ("dpm_2", 9),
        ("dpmpp_2m", 5),
        ("euler", 5),
        ("euler_ancestral", 5),
        ("gradient_estimation", 5),
        ("heun", 9),
        ("heunpp2", 12),
        ("ipndm", 5),
        ("ipndm_v", 5),
        ("lms", 5),
        ("plms", 6),
        ("res_multistep", 5),
        ("uni_pc", 5),
        ("uni_pc_bh2", 5),
    ],
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


def test_samplers_are_those_of_the_menu_and_cannot_be_changed():
    assert list(SAMPLERS) == sorted(SAMPLERS)
    assert all(name == sampler.name for name, sampler in SAMPLERS.items())
    with pytest.raises(TypeError):
        SAMPLERS["euler"] = SAMPLERS["heun"]
