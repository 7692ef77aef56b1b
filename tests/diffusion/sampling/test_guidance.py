import pytest
import torch

from graphengine.diffusion.sampling.guidance import Guidance

SIGMA = torch.tensor(2.0)


class Averaging:
    """A denoiser that answers with the mean of its context, and remembers the shapes it was asked for."""

    def __init__(self):
        self.calls = []

    def __call__(self, x, sigma, context):
        self.calls.append((tuple(x.shape), tuple(context.shape)))
        return x + context.mean(dim=(1, 2))[:, None, None, None]


@pytest.fixture
def x():
    return torch.randn(3, 4, 8, 8)


def test_both_texts_go_through_the_network_together(x):
    denoiser = Averaging()
    guided = Guidance(denoiser, torch.full((1, 5, 16), 1.0), torch.full((1, 5, 16), 0.25), 7.5)(x, SIGMA)
    torch.testing.assert_close(guided, x + 0.25 + 7.5 * (1.0 - 0.25))
    assert denoiser.calls == [((6, 4, 8, 8), (6, 5, 16))]


def test_texts_of_different_lengths_go_one_after_the_other(x):
    denoiser = Averaging()
    guided = Guidance(denoiser, torch.full((1, 10, 16), 1.0), torch.full((1, 5, 16), 0.25), 2.0)(x, SIGMA)
    torch.testing.assert_close(guided, x + 1.75)
    assert denoiser.calls == [((3, 4, 8, 8), (3, 10, 16)), ((3, 4, 8, 8), (3, 5, 16))]


def test_guidance_1_asks_for_the_positive_alone(x):
    denoiser = Averaging()
    guided = Guidance(denoiser, torch.full((1, 5, 16), 1.0), torch.full((1, 5, 16), 9.0), 1.0)(x, SIGMA)
    torch.testing.assert_close(guided, x + 1)
    assert denoiser.calls == [((3, 4, 8, 8), (3, 5, 16))]


def test_each_image_may_have_its_own_text(x):
    positive = torch.tensor([1.0, 2.0, 3.0])[:, None, None].expand(3, 5, 16)
    guided = Guidance(Averaging(), positive, torch.zeros(1, 5, 16), 2.0)(x, SIGMA)
    torch.testing.assert_close(guided - x, torch.tensor([2.0, 4.0, 6.0])[:, None, None, None].expand_as(x))


def test_texts_for_another_number_of_images_are_refused(x):
    with pytest.raises(ValueError, match=r"2 images cannot guide a batch of 3: give 1 or 3"):
        Guidance(Averaging(), torch.zeros(2, 5, 16), torch.zeros(1, 5, 16), 2.0)(x, SIGMA)
