import pytest
import torch
from graphengine.nodes.latent import empty_latent, resize_latent, set_noise_mask

from graphengine.authoring import Latent, Mask
from graphengine.errors import GraphEngineError


def test_an_empty_latent_is_an_eighth_of_the_picture() -> None:
    assert empty_latent(64, 128, 3).samples.shape == (3, 4, 16, 8)
    assert not empty_latent(64, 128, 3).samples.any()


def test_a_latent_is_resized_to_whole_positions() -> None:
    latent = Latent(torch.randn(1, 4, 16, 8), seeds=(3,))
    resized = resize_latent(latent, 1.5)
    assert resized.samples.shape == (1, 4, 24, 12)
    assert resized.seeds == (3,)
    assert torch.equal(resize_latent(latent, 2, "nearest").samples[..., ::2, ::2], latent.samples)


def test_a_noise_mask_has_the_size_of_the_latent_or_of_the_picture() -> None:
    latent = Latent(torch.zeros(2, 4, 16, 8), seeds=(1, 2))
    for size in ((16, 8), (128, 64)):
        mask = Mask(torch.rand(1, *size))
        assert set_noise_mask(latent, mask).noise_mask is mask
    with pytest.raises(
        GraphEngineError,
        match=r"input 'mask': .* the picture's size, 64 x 128 pixels, got 64 x 64",
    ):
        set_noise_mask(latent, Mask(torch.rand(1, 64, 64)))
    with pytest.raises(GraphEngineError, match=r"input 'mask': expected 1 mask or 2, .* got 3 masks"):
        set_noise_mask(latent, Mask(torch.rand(3, 16, 8)))


def test_a_noise_mask_is_resized_with_its_latent() -> None:
    mask = Mask(torch.ones(1, 128, 64))
    mask.pixels[:, :64] = 0
    resized = resize_latent(set_noise_mask(Latent(torch.zeros(1, 4, 16, 8)), mask), 1.5)
    assert resized.noise_mask is not None
    assert resized.noise_mask.pixels.shape == (1, 24, 12)
    assert resized.noise_mask.pixels.mean().item() == pytest.approx(0.5)
