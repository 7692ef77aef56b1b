"""Terms that ask a UNet once more, against the papers' equations in eps, and diffusers for SAG."""

from types import SimpleNamespace

import pytest
import torch
from diffusers import DDIMScheduler
from diffusers.pipelines.deprecated.stable_diffusion_sag import pipeline_stable_diffusion_sag as sag
from diffusers.utils import logging

from graphengine.diffusion.models.patches import Patches
from graphengine.diffusion.sampling.guidance.classifier_free import ClassifierFree
from graphengine.diffusion.sampling.guidance.interval import Interval
from graphengine.diffusion.sampling.guidance.perturbation import perturbed_attention, skip_layer
from graphengine.diffusion.sampling.guidance.self_attention import SelfAttention, gaussian_blur, grid
from graphengine.diffusion.sampling.guidance.unguided import Unguided
from graphengine.diffusion.sampling.guider import Guider
from graphengine.diffusion.sampling.parts import Prompt
from graphengine.errors import GraphEngineError
from tests.diffusion.models.diffusers_twins import unet_twin
from tests.diffusion.random_weights import relative_error

TIMESTEP = 500
SIGMAS = torch.tensor([14.0, 7.0, 2.5, 0.5, 0.0])


@pytest.fixture
def contexts():
    generator = torch.Generator().manual_seed(5)
    return torch.randn(1, 5, 16, generator=generator), torch.randn(1, 5, 16, generator=generator)


@pytest.fixture
def cfg(contexts):
    positive, negative = contexts
    return ClassifierFree([Prompt(positive)], [Prompt(negative)], 4.0)


@pytest.fixture
def sigma(small_model):
    return small_model.levels.sigma_at(torch.tensor(float(TIMESTEP)))


@pytest.fixture
def x(sigma):
    return torch.randn(2, 4, 8, 8, generator=torch.Generator().manual_seed(6)) * (1 + sigma**2).sqrt()


@pytest.fixture
def guide(small_model, small_unet, x, sigma):
    """The noise that is predicted with guidance."""

    def guide(rule, **pieces):
        denoise = Guider(small_model, rule, **pieces).bind(small_unet, torch.float32, SIGMAS)
        with torch.inference_mode():
            return (x - denoise(x, sigma)) / sigma

    return guide


@pytest.fixture
def ask(small_unet, sigma):
    """The noise that the network predicts."""

    def ask(x, context, **attention):
        scaled, timesteps = x / (1 + sigma**2).sqrt(), torch.full((len(x),), float(TIMESTEP))
        with torch.inference_mode():
            context = context.expand(len(x), -1, -1)
            return small_unet(scaled, timesteps, context, Patches(attention=attention))

    return ask


@pytest.mark.parametrize("kind, patch", [(perturbed_attention, "identity"), (skip_layer, "skipped")])
@pytest.mark.parametrize("layers", [("middle",), ("input.1", "output.3")])
def test_a_perturbed_pass_is_leant_away_from(kind, patch, layers, guide, ask, cfg, contexts, x):
    positive, negative = (ask(x, context) for context in contexts)
    perturbed = ask(x, contexts[0], **dict.fromkeys(layers, patch))
    assert relative_error(perturbed, positive) > 1e-3
    guided = guide(cfg, terms=(kind(3.0, layers),))
    expected = negative + 4.0 * (positive - negative) + 3.0 * (positive - perturbed)
    assert relative_error(guided, expected) < 1e-4  # 3 and 4 times what float32 has lost


def test_a_perturbed_pass_needs_no_unconditional_one(guide, ask, contexts, x):
    positive, perturbed = ask(x, contexts[0]), ask(x, contexts[0], middle="identity")
    guided = guide(Unguided([Prompt(contexts[0])]), terms=(perturbed_attention(2.0),))
    assert relative_error(guided, positive + 2.0 * (positive - perturbed)) < 1e-4


def diffusers_sag(small_unet, x, sigma, context, ask):
    """What diffusers' pipeline adds to the noise, per scale, by its own masking and attention."""
    twin = unet_twin(small_unet)
    store = sag.CrossAttnStoreProcessor()
    twin.mid_block.attentions[0].transformer_blocks[0].attn1.processor = store
    a = 1 / (1 + sigma**2)
    unit = x * a.sqrt()
    timestep = torch.tensor(TIMESTEP)
    with torch.inference_mode():
        rows = context.expand(len(x), -1, -1)
        eps = twin(unit, timestep, encoder_hidden_states=rows).sample
        alphas = {"beta_schedule": "scaled_linear", "beta_start": 0.00085, "beta_end": 0.012}
        pipeline = SimpleNamespace(unet=twin, scheduler=DDIMScheduler(**alphas))
        x_0 = (unit - (1 - a).sqrt() * eps) / a.sqrt()
        masking = sag.StableDiffusionSAGPipeline.sag_masking
        degraded = masking(pipeline, x_0, store.attention_probs, (4, 4), timestep, eps)
        assert relative_error(degraded, unit) > 1e-3
        return eps - twin(degraded, timestep, encoder_hidden_states=rows).sample


@pytest.mark.parametrize("scale", [0.75, 2.0])
def test_self_attention_guidance_as_diffusers_has_it(guide, ask, cfg, contexts, x, sigma, small_unet, scale):
    logging.set_verbosity_error()
    positive, negative = (ask(x, context) for context in contexts)
    expected = negative + 4.0 * (positive - negative)
    expected = expected + scale * diffusers_sag(small_unet, x, sigma, contexts[1], ask)
    assert relative_error(guide(cfg, terms=(SelfAttention(scale),)), expected) < 1e-4


def test_self_attention_guidance_without_an_unconditional_pass(guide, ask, contexts, x, sigma, small_unet):
    expected = ask(x, contexts[0]) + 0.75 * diffusers_sag(small_unet, x, sigma, contexts[0], ask)
    guided = guide(Unguided([Prompt(contexts[0])]), terms=(SelfAttention(0.75),))
    assert relative_error(guided, expected) < 1e-4


def test_terms_add_up(guide, cfg):
    terms = (perturbed_attention(2.0), skip_layer(1.5, ("output.2",)), SelfAttention())
    plain = guide(cfg)
    expected = plain + sum(guide(cfg, terms=(term,)) - plain for term in terms)
    assert relative_error(guide(cfg, terms=terms), expected) < 1e-4


def test_a_term_outside_of_its_interval_asks_for_nothing(small_model, small_unet, cfg, x, sigma):
    calls = []
    handle = small_unet.register_forward_hook(lambda module, inputs, output: calls.append(len(output)))

    def ask_with(term):
        Guider(small_model, cfg, (term,)).bind(small_unet, torch.float32, SIGMAS)(x, sigma)

    try:
        ask_with(perturbed_attention(2.0, interval=Interval(0, 0.3)))
        ask_with(SelfAttention(interval=Interval(0, 0.3)))
        assert calls == [4, 4]
        ask_with(perturbed_attention(2.0))
        assert calls == [4, 4, 4, 2]
        ask_with(SelfAttention())
        assert calls == [4, 4, 4, 2, 2, 2, 2]
    finally:
        handle.remove()


def test_unknown_layers_are_named_with_those_there_are(guide, cfg):
    with pytest.raises(
        GraphEngineError, match=r"among input\.1, middle, output\.2, output\.3, got 'output\.9'"
    ):
        guide(cfg, terms=(perturbed_attention(2.0, ("middle", "output.9")),))


def test_several_parts_without_areas_are_looked_at_together(guide, contexts):
    parts = [Prompt(contexts[0]), Prompt(contexts[1])]
    rule = ClassifierFree([Prompt(contexts[0])], parts, 4.0)
    assert relative_error(guide(rule, terms=(SelfAttention(),)), guide(rule)) > 1e-3


@pytest.mark.parametrize("size", [(16, 12), (5, 9), (2, 1)])
def test_the_blur_is_diffusers(size):
    picture = torch.randn(2, 4, *size)
    blurred = gaussian_blur(picture, 1.0)
    assert blurred.shape == picture.shape
    torch.testing.assert_close(gaussian_blur(torch.ones(1, 4, *size), 2.0), torch.ones(1, 4, *size))
    if min(size) > 4:
        torch.testing.assert_close(blurred, sag.gaussian_blur_2d(picture, 9, 1.0), rtol=1e-5, atol=1e-5)
    assert torch.equal(gaussian_blur(picture, 0.0), picture)


@pytest.mark.parametrize("h, w, levels", [(64, 64, 3), (13, 7, 3), (5, 9, 1), (4, 4, 0)])
def test_the_size_of_the_map_is_told_by_its_positions(h, w, levels):
    height, width = h, w
    for _ in range(levels):
        height, width = (height + 1) // 2, (width + 1) // 2
    assert grid(height * width, h, w) == (height, width)
