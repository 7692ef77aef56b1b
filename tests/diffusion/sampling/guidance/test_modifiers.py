import pytest
import torch
from diffusers.guiders.guider_utils import rescale_noise_cfg

from graphengine.diffusion.sampling.flow_levels import FlowLevels
from graphengine.diffusion.sampling.guidance.classifier_free import ClassifierFree
from graphengine.diffusion.sampling.guidance.dynamic_threshold import DynamicThreshold
from graphengine.diffusion.sampling.guidance.rescale import Rescale
from graphengine.diffusion.sampling.guidance.unguided import Unguided
from tests.diffusion.sampling.guidance.known_predictions import SIGMA, A, B, X, drawn, start

ONE, TWO = drawn(1), drawn(2)
CFG = ClassifierFree(A, B, 7.5)
GUIDED = TWO + 7.5 * (ONE - TWO)


def v(x_0):
    """Velocity of a variance-preserving process (Salimans & Ho 2022), of X at SIGMA."""
    a = 1 / (1 + SIGMA**2)
    return a.sqrt() * (X - x_0) / SIGMA - (1 - a).sqrt() * x_0


@pytest.mark.parametrize("share", [0.0, 0.7, 1.0])
def test_rescaled_velocity_as_diffusers_has_it(share):
    rescaled = start(CFG, modifiers=[Rescale(share)])(X, SIGMA)
    torch.testing.assert_close(v(rescaled), rescale_noise_cfg(v(GUIDED), v(ONE), share), rtol=1e-5, atol=1e-5)


def test_rescaled_velocity_of_flow_matching():
    t = torch.tensor(0.6)
    levels = FlowLevels()
    rescaled = start(CFG, modifiers=[Rescale(0.7)], levels=levels)(X, t)
    expected = rescale_noise_cfg((X - GUIDED) / t, (X - ONE) / t, 0.7)
    torch.testing.assert_close((X - rescaled) / t, expected, rtol=1e-5, atol=1e-5)


def test_rescaling_without_guidance_changes_nothing():
    torch.testing.assert_close(start(Unguided(A), modifiers=[Rescale(1.0)])(X, SIGMA), ONE)


def test_rescaling_where_nothing_deviates_is_finite():
    def flat(x, sigma, context):
        return torch.zeros_like(x)

    assert start(CFG, flat, modifiers=[Rescale(1.0)])(torch.zeros_like(X), SIGMA).isfinite().all()


def test_dynamic_threshold_channel_by_channel():
    held = start(CFG, modifiers=[DynamicThreshold(3.0, 0.9)])(X, SIGMA)
    mimic = TWO + 3.0 * (ONE - TWO)
    for image in range(3):
        for channel in range(4):
            values, lower = GUIDED[image, channel], mimic[image, channel]
            mean, reach = values.mean(), (lower - lower.mean()).abs().max()
            s = max((values - mean).abs().quantile(0.9), reach)
            expected = mean + (values - mean).clamp(-s, s) / s * reach
            torch.testing.assert_close(held[image, channel], expected, rtol=1e-5, atol=1e-5)


def test_dynamic_threshold_is_that_of_imagen_in_its_range():
    # Pixels about 0 with the range -1..1: there it clips at s and divides by s (Saharia et al. 2022).
    positive = drawn(1).flatten(2)
    positive = (positive - positive.mean(-1, keepdim=True)).reshape(drawn(1).shape)
    positive = positive / positive.abs().amax((2, 3), keepdim=True)

    def denoise(x, sigma, context):
        return torch.cat([positive, torch.zeros_like(positive)]).to(x)

    held = start(ClassifierFree(A, B, 5.0), denoise, modifiers=[DynamicThreshold(1.0, 0.95)])(X, SIGMA)
    s = (5 * positive).abs().flatten(2).quantile(0.95, dim=-1)[..., None, None].clamp(min=1)
    torch.testing.assert_close(held, (5 * positive).clamp(-s, s) / s, rtol=1e-5, atol=1e-5)


def test_dynamic_threshold_at_the_scale_itself_changes_nothing():
    torch.testing.assert_close(start(CFG, modifiers=[DynamicThreshold(7.5, 1.0)])(X, SIGMA), GUIDED)


def test_dynamic_threshold_of_a_flat_channel_is_finite():
    def flat(x, sigma, context):
        return torch.ones_like(x)

    held = start(CFG, flat, modifiers=[DynamicThreshold(7.0)])(X, SIGMA)
    torch.testing.assert_close(held, torch.ones_like(X))


def test_modifiers_follow_one_another_in_the_order_given():
    one = start(CFG, modifiers=[Rescale(1.0), DynamicThreshold(3.0)])(X, SIGMA)
    other = start(CFG, modifiers=[DynamicThreshold(3.0), Rescale(1.0)])(X, SIGMA)
    assert not torch.allclose(one, other)
