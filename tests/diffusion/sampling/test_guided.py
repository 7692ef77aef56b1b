import pytest
import torch

from graphengine.diffusion.sampling.guidance.unguided import Unguided
from graphengine.diffusion.sampling.guided import guided
from graphengine.diffusion.sampling.parts import Prompt
from graphengine.diffusion.sampling.run_network import PlainNetwork
from tests.diffusion.sampling.text_guidance import text_guidance

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
    found = text_guidance(denoiser, torch.full((1, 5, 16), 1.0), torch.full((1, 5, 16), 0.25), 7.5)(x, SIGMA)
    torch.testing.assert_close(found, x + 0.25 + 7.5 * (1.0 - 0.25))
    assert denoiser.calls == [((6, 4, 8, 8), (6, 5, 16))]


def test_guidance_1_asks_for_the_positive_alone(x):
    denoiser = Averaging()
    found = text_guidance(denoiser, torch.full((1, 5, 16), 1.0), torch.full((1, 5, 16), 9.0), 1.0)(x, SIGMA)
    torch.testing.assert_close(found, x + 1)
    assert denoiser.calls == [((3, 4, 8, 8), (3, 5, 16))]


def test_each_image_may_have_its_own_text(x):
    positive = torch.tensor([1.0, 2.0, 3.0])[:, None, None].expand(3, 5, 16)
    found = text_guidance(Averaging(), positive, torch.zeros(1, 5, 16), 2.0)(x, SIGMA)
    torch.testing.assert_close(found - x, torch.tensor([2.0, 4.0, 6.0])[:, None, None, None].expand_as(x))


@pytest.mark.parametrize("scale", [1.0, 3.0])
def test_a_pair_has_the_unconditional_estimate_also_where_guidance_does_without(x, scale):
    denoiser = Averaging()
    denoise = text_guidance(denoiser, torch.full((1, 5, 16), 1.0), torch.full((1, 5, 16), 0.25), scale)
    with_guidance, unconditional = denoise.pair(x, SIGMA)
    torch.testing.assert_close(with_guidance, x + 0.25 + scale * 0.75)
    torch.testing.assert_close(unconditional, x + 0.25)
    assert denoiser.calls == [((6, 4, 8, 8), (6, 5, 16))]


def test_without_an_unconditional_prediction_there_is_no_pair(x, noise_schedule):
    rule = Unguided([Prompt(torch.full((1, 5, 16), 2.0))])
    denoise = guided(PlainNetwork(Averaging()), rule, noise_schedule, torch.zeros(2))
    torch.testing.assert_close(denoise(x, SIGMA), x + 2)
    assert not hasattr(denoise, "pair")
