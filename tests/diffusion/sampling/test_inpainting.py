import pytest
import torch

from graphengine.diffusion.sampling.inpainting import Inpainting
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.sample import sample
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.diffusion.sampling.schedules import karras
from graphengine.diffusion.sampling.sigmas import Sigmas
from tests.diffusion.sampling.unguided_pair import UnguidedPair


@pytest.fixture
def mask():
    """The right half may change."""
    mask = torch.zeros(1, 8, 8)
    mask[:, :, 4:] = 1
    return mask


@pytest.mark.parametrize("name", SAMPLERS)
def test_only_the_masked_part_changes(gaussian, noise_schedule, mask, name):
    x_0 = torch.randn(2, 4, 8, 8, generator=torch.Generator().manual_seed(0))
    sigmas = karras(noise_schedule, 30)
    x, denoised = sample(
        UnguidedPair(gaussian.denoise), x_0, sigmas, SAMPLERS[name], NoiseSource([0, 1]), mask=mask
    )
    assert torch.equal(x[..., :4], x_0[..., :4])
    assert torch.equal(denoised[..., :4], x_0[..., :4])
    assert x[..., 4:].mean().item() == pytest.approx(gaussian.mu, abs=0.2)


def test_a_latent_handed_on_before_the_end_is_as_the_sampler_left_it(gaussian, noise_schedule, mask):
    x_0 = torch.randn(1, 4, 8, 8)
    sigmas = Sigmas(karras(noise_schedule, 10).values[:6])
    steps = []
    x, _ = sample(
        gaussian.denoise, x_0, sigmas, SAMPLERS["euler_ancestral"], NoiseSource([3]), mask=mask,
        on_step=steps.append,
    )  # fmt: skip
    assert torch.equal(x, steps[-1].x)


def test_the_network_sees_the_kept_part_at_its_noise_level(mask):
    x_0, eps = torch.randn(2, 2, 4, 8, 8)
    sigma, x = torch.tensor(3.0), torch.randn(2, 4, 8, 8)
    seen = []

    def denoise(x, sigma):
        seen.append(x)
        return torch.zeros_like(x)

    Inpainting(denoise, x_0, eps, mask)(x, sigma)
    torch.testing.assert_close(seen[0][..., :4], (x_0 + 3 * eps)[..., :4])
    assert torch.equal(seen[0][..., 4:], x[..., 4:])


def test_a_soft_mask_mixes(mask):
    x_0, eps, x = torch.zeros(1, 4, 8, 8), torch.zeros(1, 4, 8, 8), torch.ones(1, 4, 8, 8)
    denoised = Inpainting(lambda x, sigma: torch.ones_like(x), x_0, eps, mask * 0.25)(x, torch.tensor(1.0))
    torch.testing.assert_close(denoised, (mask * 0.25).expand(1, 4, 8, 8))


@pytest.mark.parametrize("shape", [(8, 8), (3, 8, 8), (1, 64, 64), (1, 1, 8, 8)])
def test_a_mask_of_another_shape_is_refused(shape):
    x_0 = torch.zeros(2, 4, 8, 8)
    with pytest.raises(ValueError, match=r"\[1 or 2, 8, 8\]"):
        Inpainting(lambda x, sigma: x, x_0, x_0, torch.zeros(shape))
