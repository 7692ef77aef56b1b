import pytest
import torch

from graphengine.diffusion.sampling.network_denoiser import NetworkDenoiser
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.sample import sample
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.diffusion.sampling.schedules import karras
from graphengine.errors import GraphEngineError
from tests.diffusion.sampling.text_guidance import text_guidance
from tests.diffusion.sampling.unguided_pair import UnguidedPair

OWN_STEPS = {"dpm_adaptive", "dpm_fast"}
"""They report which of the given steps they have reached, not how many they took."""


def test_sampling_starts_at_the_latent_with_noise_of_the_first_sigma(noise_schedule):
    x_0 = torch.full((1, 4, 8, 8), 2.0)
    sigmas = karras(noise_schedule, 10).truncate(0.5)
    seen = []

    def denoise(x, sigma):
        seen.append((x, sigma))
        return x

    sample(denoise, x_0, sigmas, SAMPLERS["euler"], NoiseSource([4]))
    x, sigma = seen[0]
    assert sigma == karras(noise_schedule, 10).values[5]
    assert torch.equal(x, x_0 + sigma * NoiseSource([4]).like(x_0))


def test_strength_0_gives_the_latent_back(noise_schedule):
    x_0 = torch.randn(1, 4, 8, 8)

    def denoise(x, sigma):
        raise AssertionError("the model has nothing to do")

    sampled = sample(denoise, x_0, karras(noise_schedule, 10).truncate(0), SAMPLERS["heun"], NoiseSource([4]))
    assert torch.equal(sampled.x, x_0)
    assert torch.equal(sampled.denoised, x_0)


@pytest.mark.parametrize("name", SAMPLERS)
def test_an_image_of_a_batch_equals_the_same_image_alone(unet, contexts, noise_schedule, name):
    denoise = text_guidance(NetworkDenoiser(unet, noise_schedule), *contexts, 7.5)
    sigmas = karras(noise_schedule, 4)
    batch = sample(denoise, torch.zeros(3, 4, 8, 8), sigmas, SAMPLERS[name], NoiseSource.for_batch(10, 3))
    alone = sample(denoise, torch.zeros(1, 4, 8, 8), sigmas, SAMPLERS[name], NoiseSource([12]))
    difference = (batch.x[2:] - alone.x).abs().max() / alone.x.abs().max()
    # The noise is the same bit for bit; convolutions of another batch size are not. dpm_adaptive takes its
    # steps by the error of the whole batch, so there it is its own tolerance that is kept.
    assert difference < (0.05 if name == "dpm_adaptive" else 1e-5)


def test_each_step_is_shown_once_with_what_it_reached(gaussian, noise_schedule):
    seen = []
    sampled = sample(
        gaussian.denoise,
        torch.zeros(1, 4, 8, 8),
        karras(noise_schedule, 6),
        SAMPLERS["dpmpp_2m"],
        NoiseSource([0]),
        on_step=seen.append,
    )
    assert [step.index for step in seen] == list(range(6))
    assert seen[-1].x is sampled.x
    assert seen[-1].denoised is sampled.denoised


def test_what_a_step_callback_raises_ends_the_sampling(gaussian, noise_schedule):
    asked = []

    def denoise(x, sigma):
        asked.append(sigma)
        return gaussian.denoise(x, sigma)

    def cancel(step):
        if step.index == 2:
            raise KeyboardInterrupt

    x_0 = torch.zeros(1, 4, 8, 8)
    with pytest.raises(KeyboardInterrupt):
        sample(denoise, x_0, karras(noise_schedule, 20), SAMPLERS["euler"], NoiseSource([0]), on_step=cancel)
    assert len(asked) == 3


@pytest.mark.parametrize("name", SAMPLERS)
@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_a_model_that_breaks_is_reported_with_sampler_and_step(gaussian, noise_schedule, name, bad):
    sigmas = karras(noise_schedule, 8)
    taken = []

    def denoise(x, sigma):
        denoised = gaussian.denoise(x, sigma)
        if len(taken) == 3:
            denoised[0, 0, 0, 0] = bad
        return denoised

    x_0, broken = torch.zeros(1, 4, 8, 8), r"\d" if name in OWN_STEPS else "4"
    with pytest.raises(GraphEngineError, match=rf"'{name}' in step {broken} of 8 \(sigma ") as raised:
        sample(UnguidedPair(denoise), x_0, sigmas, SAMPLERS[name], NoiseSource([0]), on_step=taken.append)
    assert raised.value.kind == "not_finite"
    assert raised.value.hint


def test_no_gradients_are_kept(noise_schedule):
    weight = torch.ones((), requires_grad=True)

    def denoise(x, sigma):
        return x * weight

    x_0 = torch.zeros(1, 4, 8, 8)
    sampled = sample(denoise, x_0, karras(noise_schedule, 2), SAMPLERS["euler"], NoiseSource([0]))
    assert not sampled.x.requires_grad
