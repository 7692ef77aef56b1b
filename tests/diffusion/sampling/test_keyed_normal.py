import pytest
import torch

from graphengine.diffusion.sampling.keyed_normal import keyed_normal

SHAPE = (4, 64, 64)


def test_a_key_gives_the_same_numbers_each_time():
    assert torch.equal(keyed_normal(SHAPE, 3, "fresh", 0.5), keyed_normal(SHAPE, 3, "fresh", 0.5))


def test_numbers_are_those_of_every_release_and_machine():
    # PCG64 and NumPy's ziggurat: written down once, so that a picture made today can be made again
    expected = torch.tensor([0.078321405, -0.385728598, -0.790878952])
    torch.testing.assert_close(keyed_normal((3,), 1, "fresh", 2.0, 1.0), expected, rtol=1e-6, atol=0)


def test_numbers_are_standard_normal():
    drawn = keyed_normal(SHAPE, 7)
    count = drawn.numel()
    assert drawn.dtype == torch.float32
    assert abs(drawn.mean().item()) < 3 / count**0.5
    assert abs(drawn.var().item() - 1) < 3 * (2 / count) ** 0.5
    assert (drawn.abs() < 1).float().mean().item() == pytest.approx(0.6827, abs=0.01)


@pytest.mark.parametrize(
    "other", [(4, "fresh", 0.5), (3, "brownian", 0.5), (3, "fresh", 0.25), (2**32 + 3, "fresh", 0.5)]
)
def test_any_part_of_the_key_makes_other_numbers(other):
    first, second = keyed_normal(SHAPE, 3, "fresh", 0.5), keyed_normal(SHAPE, *other)
    assert abs((first * second).mean().item()) < 3 / first.numel() ** 0.5
