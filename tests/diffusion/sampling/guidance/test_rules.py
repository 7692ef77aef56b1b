"""Against the equations of the papers, written down anew in eps, and diffusers' guiders."""

import pytest
import torch
from diffusers.guiders.adaptive_projected_guidance import MomentumBuffer, normalized_guidance
from diffusers.guiders.classifier_free_guidance import ClassifierFreeGuidance
from diffusers.guiders.classifier_free_zero_star_guidance import ClassifierFreeZeroStarGuidance

from graphengine.diffusion.sampling.guidance.classifier_free import ClassifierFree
from graphengine.diffusion.sampling.guidance.dual import Dual
from graphengine.diffusion.sampling.guidance.perpendicular_negative import PerpendicularNegative
from graphengine.diffusion.sampling.guidance.projected import Projected
from graphengine.diffusion.sampling.guidance.unguided import Unguided
from graphengine.diffusion.sampling.guidance.zero_star import ZeroStar
from graphengine.errors import GraphEngineError
from tests.diffusion.sampling.guidance.known_predictions import (
    SIGMA,
    SIGMAS,
    A,
    B,
    C,
    Known,
    X,
    drawn,
    eps,
    start,
)

ONE, TWO, THREE = drawn(1), drawn(2), drawn(3)
IMAGE = (1, 2, 3)


def assert_noise(guided, expected):
    """Equal as noise predictions; float32 rounds a few times on the way there and back."""
    torch.testing.assert_close(eps(guided), expected, rtol=1e-5, atol=1e-5)


def test_unguided_is_the_prediction_itself():
    assert torch.equal(start(Unguided(A))(X, SIGMA), ONE)


@pytest.mark.parametrize("scale", [0.0, 1.0, 1.5, 7.5])
def test_classifier_free_guidance(scale):
    guided = start(ClassifierFree(A, B, scale))(X, SIGMA)
    assert_noise(guided, eps(TWO) + scale * (eps(ONE) - eps(TWO)))
    assert_noise(guided, ClassifierFreeGuidance(scale).forward(eps(ONE), eps(TWO)).pred)


@pytest.mark.parametrize("scale, second_scale", [(7.0, 1.5), (3.0, 3.0), (2.0, 1.0), (0.0, 2.0)])
def test_dual_guidance(scale, second_scale):
    e_1, e_2, e_3 = eps(ONE), eps(TWO), eps(THREE)
    regular = start(Dual(A, B, C, scale, second_scale))(X, SIGMA)
    assert_noise(regular, e_3 + second_scale * (e_2 - e_3) + scale * (e_1 - e_2))
    nested = start(Dual(A, B, C, scale, second_scale, "nested"))(X, SIGMA)
    assert_noise(nested, e_3 + second_scale * (e_2 + scale * (e_1 - e_2) - e_3))


@pytest.mark.parametrize(
    "rule, images",
    [
        (ClassifierFree(A, B, 7.0), 6),
        (ClassifierFree(A, B, 1.0), 3),
        (Dual(A, B, C, 7.0, 1.5), 9),
        (Dual(A, B, C, 7.0, 1.0), 6),
        (Dual(A, B, C, 1.0, 1.0), 3),
        (PerpendicularNegative(A, B, C, 7.0, 1.0), 9),
        (PerpendicularNegative(A, B, C, 7.0, 0.0), 6),
        (PerpendicularNegative(A, B, C, 1.0, 0.0), 3),
        (Projected(A, B, 1.0), 3),
        (ZeroStar(A, B, 1.0), 3),
    ],
)
def test_what_has_no_part_in_the_result_is_not_predicted_and_the_rest_in_one_call(rule, images):
    denoiser = Known()
    start(rule, denoiser)(X, SIGMA)
    assert denoiser.calls == [images]


@pytest.mark.parametrize("scale, negative_scale", [(7.0, 1.0), (3.0, 0.5), (1.0, 2.0), (4.0, 0.0)])
def test_perpendicular_negative(scale, negative_scale):
    towards, away = eps(ONE) - eps(THREE), eps(TWO) - eps(THREE)
    along = (away * towards).sum(IMAGE, keepdim=True) / (towards**2).sum(IMAGE, keepdim=True)
    expected = eps(THREE) + scale * (towards - negative_scale * (away - along * towards))
    assert_noise(start(PerpendicularNegative(A, B, C, scale, negative_scale))(X, SIGMA), expected)


def test_a_negative_that_equals_the_positive_takes_nothing_from_it():
    with_negative = start(PerpendicularNegative(A, A, C, 7.0, 1.0))(X, SIGMA)
    torch.testing.assert_close(with_negative, THREE + 7.0 * (ONE - THREE), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("eta", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("norm_threshold", [0.0, 5.0, 1000.0])
@pytest.mark.parametrize("momentum", [0.0, -0.5])
def test_projected_guidance_step_by_step_as_diffusers_has_it(eta, norm_threshold, momentum):
    denoise = start(Projected(A, B, 7.5, eta, norm_threshold, momentum))
    buffer = MomentumBuffer(momentum)
    for _ in range(3):
        # Its original formulation counts the scale from 0, as algorithm 1 counts it less one.
        expected = normalized_guidance(ONE, TWO, 6.5, buffer, eta, norm_threshold, True)
        torch.testing.assert_close(denoise(X, SIGMA), expected, rtol=1e-5, atol=1e-5)


def test_projected_guidance_that_leaves_nothing_out_is_classifier_free_guidance():
    guided = start(Projected(A, B, 7.5, 1.0, 0.0, 0.0))(X, SIGMA)
    torch.testing.assert_close(guided, TWO + 7.5 * (ONE - TWO), rtol=1e-5, atol=1e-5)


def test_each_run_has_a_momentum_of_its_own():
    rule = Projected(A, B, 7.5, momentum=-0.5)
    first = start(rule)
    once, twice = first(X, SIGMA), first(X, SIGMA)
    assert not torch.equal(once, twice)
    assert torch.equal(start(rule)(X, SIGMA), once)


@pytest.mark.parametrize("scale", [1.0, 4.0])
def test_zero_star_as_diffusers_has_it(scale):
    theirs = ClassifierFreeZeroStarGuidance(scale, zero_init_steps=0)
    theirs.set_state(step=0, num_inference_steps=4, timestep=torch.tensor(0))
    guided = start(ZeroStar(A, B, scale, 0))(X, SIGMA)
    assert_noise(guided, theirs.forward(eps(ONE), eps(TWO)).pred)


def test_zero_star_leaves_x_as_it_is_in_the_first_steps():
    denoise = start(ZeroStar(A, B, 4.0, 2))
    assert torch.equal(denoise(X, SIGMAS[0]), X)
    assert torch.equal(denoise(X, SIGMAS[1]), X)
    assert not torch.equal(denoise(X, SIGMAS[2]), X)


def test_zero_star_on_the_way_to_noise_leaves_the_noisiest_as_it_is():
    rule = ZeroStar(A, B, 4.0, 1)
    combine = rule.begin(SIGMAS.flip(0))
    predictions = {"positive": ONE, "negative": TWO}
    assert torch.equal(combine(X, SIGMAS[0], predictions), X)
    assert not torch.equal(combine(X, SIGMAS[1], predictions), X)
    assert combine(X, SIGMAS[4], predictions).isfinite().all()


def test_zero_star_needs_steps_after_the_first():
    with pytest.raises(GraphEngineError, match=r"more than the 4 first steps.*got one of 4"):
        start(ZeroStar(A, B, 4.0, 4))


@pytest.mark.parametrize("rule", [PerpendicularNegative(A, B, A, 7.0, 1.0), Projected(A, A, 7.0, 0.0, 5.0)])
def test_where_there_is_no_direction_nothing_is_divided_by_0(rule):
    assert start(rule)(X, SIGMA).isfinite().all()


def test_zero_star_of_a_slope_of_0_is_finite():
    class Nothing(Known):
        def __call__(self, x, sigma, context):
            return x

    assert start(ZeroStar(A, B, 7.0, 0), Nothing())(X, SIGMA).isfinite().all()
