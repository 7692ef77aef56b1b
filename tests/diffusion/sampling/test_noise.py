from itertools import pairwise

import pytest
import torch

from graphengine.diffusion.sampling.noise import NoiseSource

KINDS = ["fresh", "brownian"]
SIGMAS = torch.tensor([14.6, 3.0, 1.5, 0.7, 0.03])
X = torch.zeros(1, 4, 64, 64)


def steps(source, x, sigmas=SIGMAS):
    return [source.between(x, *pair) for pair in pairwise(sigmas)]


def correlation(one, other):
    return abs(torch.corrcoef(torch.stack([one.flatten(), other.flatten()]))[0, 1].item())


class TestStartingNoise:
    def test_an_image_of_a_batch_has_the_noise_it_has_alone(self):
        batch, alone = NoiseSource.for_batch(41, 3), NoiseSource([42])
        assert torch.equal(batch.like(torch.zeros(3, 4, 8, 8))[1:2], alone.like(torch.zeros(1, 4, 8, 8)))

    def test_it_is_what_torch_gives_for_the_seed(self):
        expected = torch.randn(1, 4, 8, 8, generator=torch.Generator().manual_seed(7))
        assert torch.equal(NoiseSource([7]).like(torch.zeros(1, 4, 8, 8)), expected)

    def test_it_is_not_used_up(self):
        source = NoiseSource([7])
        assert torch.equal(source.like(X), source.like(X))

    def test_seeds_differ(self):
        first, second = NoiseSource.for_batch(0, 2).like(torch.zeros(2, 4, 64, 64))
        assert correlation(first, second) < 0.03

    def test_it_is_drawn_in_float32_whatever_is_asked_for(self):
        full = NoiseSource([3]).like(torch.zeros(1, 4, 8, 8))
        half = NoiseSource([3]).like(torch.zeros(1, 4, 8, 8, dtype=torch.float16))
        assert torch.equal(half, full.half())

    def test_the_last_seed_is_followed_by_the_first(self):
        after_the_last = NoiseSource.for_batch(2**64 - 1, 2).like(torch.zeros(2, 8))[1:]
        assert torch.equal(after_the_last, NoiseSource([0]).like(torch.zeros(1, 8)))


@pytest.mark.parametrize("kind", KINDS)
class TestStepNoise:
    def test_it_is_standard_normal(self, kind):
        for drawn in steps(NoiseSource([1], kind), X):
            assert abs(drawn.mean().item()) < 3 / X.numel() ** 0.5
            assert abs(drawn.var().item() - 1) < 3 * (2 / X.numel()) ** 0.5

    def test_steps_are_independent_of_each_other_and_of_the_start(self, kind):
        source = NoiseSource([0], kind)
        draws = [source.like(X), *steps(source, X)]
        matrix = torch.corrcoef(torch.stack([drawn.flatten() for drawn in draws]))
        assert (matrix - torch.eye(len(draws))).abs().max() < 3.5 / X.numel() ** 0.5

    def test_an_image_of_a_batch_has_the_noise_it_has_alone(self, kind):
        batch = steps(NoiseSource.for_batch(41, 3, kind), torch.zeros(3, 4, 8, 8))
        alone = steps(NoiseSource([42], kind), torch.zeros(1, 4, 8, 8))
        for one, other in zip(batch, alone, strict=True):
            assert torch.equal(one[1:2], other)

    def test_a_resumed_run_draws_the_same(self, kind):
        whole = steps(NoiseSource([5], kind), X)
        resumed = steps(NoiseSource([5], kind), X, SIGMAS[2:])
        for one, other in zip(whole[2:], resumed, strict=True):
            assert torch.equal(one, other)

    @pytest.mark.parametrize("seed", [-1, 2**63, 2**64 - 1, 10**30])
    def test_any_whole_number_is_a_seed(self, kind, seed):
        drawn = NoiseSource([seed], kind).between(X, SIGMAS[0], SIGMAS[1])
        assert drawn.isfinite().all()
        assert torch.equal(drawn, NoiseSource([seed % 2**64], kind).between(X, SIGMAS[0], SIGMAS[1]))

    def test_all_64_bits_of_a_seed_count(self, kind):
        low, high = (NoiseSource([seed], kind).between(X, SIGMAS[0], SIGMAS[1]) for seed in (1, 2**32 + 1))
        assert correlation(low, high) < 0.03

    def test_it_takes_shape_precision_and_place_of_x(self, kind):
        source = NoiseSource([3], kind)
        double = source.between(torch.zeros(1, 3, 8, 8, dtype=torch.float64), SIGMAS[0], SIGMAS[1])
        assert (double.shape, double.dtype) == ((1, 3, 8, 8), torch.float64)
        assert source.between(X.to("meta"), SIGMAS[0], SIGMAS[1]).device.type == "meta"

    @pytest.mark.parametrize("levels", [(1.0, 0.0), (0.0, 1.0), (-1.0, 1.0)])
    def test_levels_without_noise_between_them_are_refused(self, kind, levels):
        with pytest.raises(ValueError, match="two levels above 0"):
            NoiseSource([3], kind).between(X, *torch.tensor(levels))

    def test_levels_that_are_all_but_equal_have_noise_too(self, kind):
        level = torch.tensor(0.7, dtype=torch.float64)
        for other in (level, torch.nextafter(level, torch.zeros(()).double())):
            drawn = NoiseSource([3], kind).between(X, level, other)
            assert abs(drawn.var().item() - 1) < 3 * (2 / X.numel()) ** 0.5

    def test_a_batch_of_another_size_is_refused(self, kind):
        source = NoiseSource.for_batch(0, 2, kind)
        with pytest.raises(ValueError, match="3 images needs 3 seeds, got 2"):
            source.like(torch.zeros(3, 4, 8, 8))
        with pytest.raises(ValueError, match="3 images needs 3 seeds, got 2"):
            source.between(torch.zeros(3, 4, 8, 8), SIGMAS[0], SIGMAS[1])


def test_two_brownian_steps_make_up_the_step_over_both():
    source = NoiseSource([9], "brownian")
    a, b, c = (SIGMAS[index].double() ** -2 for index in (1, 2, 3))
    first, second = steps(source, X, SIGMAS[1:4])
    both = source.between(X, SIGMAS[1], SIGMAS[3])
    expected = ((b - a).sqrt() * first + (c - b).sqrt() * second) / (c - a).sqrt()
    torch.testing.assert_close(expected.float(), both, rtol=1e-3, atol=1e-3)


def test_two_fresh_steps_do_not():
    source = NoiseSource([9], "fresh")
    both = source.between(X, SIGMAS[1], SIGMAS[3])
    assert all(correlation(drawn, both) < 0.03 for drawn in steps(source, X, SIGMAS[1:4]))


def test_the_kind_of_steps_changes_nothing_else():
    source = NoiseSource.for_batch(3, 2)
    assert source.of_kind("brownian") == NoiseSource.for_batch(3, 2, "brownian")
    assert torch.equal(source.of_kind("brownian").like(torch.zeros(2, 4)), source.like(torch.zeros(2, 4)))
