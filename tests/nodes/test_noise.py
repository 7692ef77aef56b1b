import pytest
import torch
from graphengine.nodes.noise import (
    add_noise,
    disable_noise,
    noise_from_latent,
    noise_from_seeds,
    random_noise,
    variation_noise,
)

from graphengine.authoring import Latent
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.sigmas import Sigmas
from graphengine.errors import GraphEngineError

X = torch.zeros(2, 4, 8, 8)
SIGMAS = Sigmas(torch.tensor([8.0, 2.0, 0.0]))


def test_noise_comes_from_one_seed_or_from_one_for_each_picture():
    assert random_noise(6).seeds(2) == (6, 7)
    assert noise_from_seeds([9, 3]).seeds(2) == (9, 3)
    assert torch.equal(noise_from_seeds([6, 7]).start(X), random_noise(6).start(X))


def test_a_variation_goes_from_one_noise_to_another():
    noise = variation_noise(random_noise(1), random_noise(2), 0.25)
    first, second = random_noise(1).start(X), random_noise(2).start(X)
    near, far = (noise.start(X) - first).norm(), (noise.start(X) - second).norm()
    assert 0 < near < far


def test_a_latent_serves_as_noise():
    samples = torch.randn(2, 4, 8, 8)
    noise = noise_from_latent(Latent(samples), random_noise(5))
    assert torch.equal(noise.start(X), samples)
    assert noise.seeds(2) == (5, 6)


def test_no_noise_has_the_seeds_of_the_run_before():
    assert not disable_noise().adds
    assert disable_noise(noise_from_seeds([4, 8])).seeds(2) == (4, 8)


def test_noise_is_added_at_the_level_where_a_step_begins():
    latent = Latent(torch.ones(2, 4, 8, 8))
    eps = NoiseSource([3, 4]).like(X)
    noisy = add_noise(latent, random_noise(3), SIGMAS, 1)
    assert torch.equal(noisy.samples, latent.samples + 2 * eps)
    assert noisy.seeds == (3, 4)
    assert noisy.kept is not None
    assert torch.equal(noisy.kept.samples, latent.samples)
    assert torch.equal(noisy.kept.noise, eps)
    flow = add_noise(latent, random_noise(3), Sigmas(torch.tensor([0.75, 0.0]), "flow"), 0)
    assert torch.equal(flow.samples, 0.25 * latent.samples + 0.75 * eps)
    assert torch.equal(add_noise(latent, random_noise(3), SIGMAS, 2).samples, latent.samples)
    assert add_noise(latent, disable_noise(), SIGMAS) is latent


def test_a_step_after_the_last_is_refused():
    with pytest.raises(GraphEngineError, match=r"input 'step': expected at most 2, .* got 3"):
        add_noise(Latent(X), random_noise(0), SIGMAS, 3)
