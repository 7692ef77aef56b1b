import pytest
import torch

from graphengine.diffusion.sampling.noise import NoiseSource


def test_an_image_of_a_batch_has_the_noise_it_has_alone():
    batch, alone = NoiseSource.for_batch(41, 3), NoiseSource([42])
    for _ in range(4):
        assert torch.equal(batch.like(torch.zeros(3, 4, 8, 8))[1:2], alone.like(torch.zeros(1, 4, 8, 8)))


def test_the_first_draw_is_what_torch_gives_for_the_seed():
    expected = torch.randn(1, 4, 8, 8, generator=torch.Generator().manual_seed(7))
    assert torch.equal(NoiseSource([7]).like(torch.zeros(1, 4, 8, 8)), expected)


def test_draws_and_seeds_differ():
    source = NoiseSource.for_batch(0, 2)
    first, second = source.like(torch.zeros(2, 4, 8, 8)), source.like(torch.zeros(2, 4, 8, 8))
    assert not torch.equal(first, second)
    assert not torch.equal(first[0], first[1])


def test_noise_is_drawn_in_float32_whatever_is_asked_for():
    full = NoiseSource([3]).like(torch.zeros(1, 4, 8, 8))
    half = NoiseSource([3]).like(torch.zeros(1, 4, 8, 8, dtype=torch.float16))
    assert torch.equal(half, full.half())


def test_the_last_seed_is_followed_by_the_first():
    after_the_last = NoiseSource.for_batch(2**64 - 1, 2).like(torch.zeros(2, 8))[1:]
    assert torch.equal(after_the_last, NoiseSource([0]).like(torch.zeros(1, 8)))


def test_a_batch_of_another_size_is_refused():
    with pytest.raises(ValueError, match="3 images needs 3 seeds, got 2"):
        NoiseSource.for_batch(0, 2).like(torch.zeros(3, 4, 8, 8))
