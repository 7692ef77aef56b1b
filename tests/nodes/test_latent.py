import torch
from graphengine.nodes.latent import empty_latent, resize_latent

from graphengine.authoring import Latent


def test_an_empty_latent_is_an_eighth_of_the_picture() -> None:
    assert empty_latent(64, 128, 3).samples.shape == (3, 4, 16, 8)
    assert not empty_latent(64, 128, 3).samples.any()


def test_a_latent_is_resized_to_whole_positions() -> None:
    latent = Latent(torch.randn(1, 4, 16, 8), seeds=(3,))
    resized = resize_latent(latent, 1.5)
    assert resized.samples.shape == (1, 4, 24, 12)
    assert resized.seeds == (3,)
    assert torch.equal(resize_latent(latent, 2, "nearest").samples[..., ::2, ::2], latent.samples)
