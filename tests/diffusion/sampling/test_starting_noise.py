import math

import pytest
import torch

from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.starting_noise import (
    GivenNoise,
    NoNoise,
    RandomNoise,
    SeededNoise,
    VariationNoise,
    slerp,
)
from graphengine.errors import GraphEngineError

X = torch.zeros(3, 4, 8, 8)


def test_random_noise_counts_seeds_up_and_round():
    assert RandomNoise(7).seeds(3) == (7, 8, 9)
    assert RandomNoise(2**64 - 1).seeds(2) == (2**64 - 1, 0)
    assert torch.equal(RandomNoise(7).start(X), NoiseSource.for_batch(7, 3).like(X))


def test_chosen_seeds_are_those_of_the_pictures_in_their_order():
    drawn = SeededNoise((5, 99, 5)).start(X)
    assert torch.equal(drawn[0], drawn[2])
    assert torch.equal(drawn[1:2], RandomNoise(99).start(X[:1]))
    assert SeededNoise((4,)).seeds(3) == (4, 4, 4)


def test_seeds_for_another_batch_are_refused():
    with pytest.raises(
        GraphEngineError, match="expected noise for one or all of the 3 pictures of the latent, got 2 seeds"
    ):
        SeededNoise((1, 2)).start(X)


def test_a_variation_lies_between_two_noises_picture_by_picture():
    first, second = RandomNoise(1), RandomNoise(50)
    assert torch.equal(VariationNoise(first, second, 0.0).start(X), first.start(X))
    torch.testing.assert_close(VariationNoise(first, second, 1.0).start(X), second.start(X))
    batch = VariationNoise(first, second, 0.3).start(X)
    alone = VariationNoise(RandomNoise(3), RandomNoise(52), 0.3).start(X[:1])
    assert torch.equal(batch[2:], alone)
    assert VariationNoise(first, second, 0.3).seeds(2) == (1, 2)


def test_slerp_walks_the_arc():
    a, b = torch.tensor([[1.0, 0.0]]), torch.tensor([[0.0, 2.0]])
    middle = slerp(a, b, 0.5)
    torch.testing.assert_close(middle, torch.tensor([[math.sqrt(0.5), math.sqrt(2)]]))
    third = slerp(a, b / 2, 1 / 3)
    torch.testing.assert_close(third, torch.tensor([[math.cos(math.pi / 6), math.sin(math.pi / 6)]]))


def test_slerp_keeps_noise_as_strong_as_it_is():
    generator = torch.Generator().manual_seed(0)
    a, b = torch.randn(2, 2, 4, 64, 64, generator=generator)
    for share in (0.1, 0.5, 0.9):
        assert slerp(a, b, share).std().item() == pytest.approx(1.0, abs=0.02)
        assert slerp(a, b, share).dtype == torch.float32


@pytest.mark.parametrize("factor", [1.0, -1.0])
def test_slerp_between_equal_and_opposite_ends_is_finite(factor):
    a = torch.randn(1, 8, generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(slerp(a, factor * a, 0.25), (0.75 + 0.25 * factor) * a)


def test_given_noise_is_taken_as_it_is():
    samples = torch.randn(1, 4, 8, 8)
    given = GivenNoise(samples, RandomNoise(3))
    assert torch.equal(given.start(X), samples.expand(3, 4, 8, 8))
    assert given.seeds(2) == (3, 4)
    with pytest.raises(GraphEngineError, match="one or all of the 2 pictures of the latent, got noise for 3"):
        GivenNoise(torch.zeros(3, 4, 8, 8), RandomNoise(3)).start(X[:2])
    with pytest.raises(GraphEngineError, match=r"latent's size, 4 x 8 x 8 \(.*\), got 4 x 8 x 16"):
        GivenNoise(torch.zeros(1, 4, 8, 16), RandomNoise(3)).start(X)


def test_no_noise_still_has_the_seeds_that_steps_need():
    quiet = NoNoise(SeededNoise((8, 3)))
    assert not quiet.adds
    assert quiet.seeds(2) == (8, 3)
    assert RandomNoise(1).adds
