"""What goes together in a guider and what doesn't, and that a run leaves nothing behind."""

import gc
import weakref
from dataclasses import replace
from functools import partial
from itertools import permutations
from pathlib import Path

import pytest
import torch

from graphengine.authoring import Area, ConditioningPart
from graphengine.diffusion.models.attention import CrossAttention
from graphengine.diffusion.models.freeu import FreeU
from graphengine.diffusion.sampling.guidance.classifier_free import ClassifierFree
from graphengine.diffusion.sampling.guidance.dual import Dual
from graphengine.diffusion.sampling.guidance.dynamic_threshold import DynamicThreshold
from graphengine.diffusion.sampling.guidance.interval import Interval
from graphengine.diffusion.sampling.guidance.perturbation import perturbed_attention, skip_layer
from graphengine.diffusion.sampling.guidance.projected import Projected
from graphengine.diffusion.sampling.guidance.rescale import Rescale
from graphengine.diffusion.sampling.guidance.self_attention import SelfAttention
from graphengine.diffusion.sampling.guidance.unguided import Unguided
from graphengine.diffusion.sampling.guidance.zero_star import ZeroStar
from graphengine.diffusion.sampling.guider import Guider
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.sample import sample
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.diffusion.sampling.schedules import karras, normal
from graphengine.diffusion.weights.checkpoint import DiffusionModel
from graphengine.errors import GraphEngineError

SIGMAS = torch.tensor([14.0, 7.0, 2.5, 0.5, 0.0])


@pytest.fixture
def model(unet):
    return DiffusionModel(Path("small.safetensors"), "0" * 64, 1, unet.config)


@pytest.fixture
def parts(contexts):
    return [[ConditioningPart(context)] for context in contexts]


@pytest.fixture
def cfg(model, parts):
    return Guider(model, ClassifierFree(*parts, 5.0))


@pytest.fixture
def x():
    return torch.randn(2, 4, 8, 8, generator=torch.Generator().manual_seed(1)) * 3


def test_pieces_compose_and_their_order_is_of_no_account_where_it_should_not_be(cfg, unet, x):
    add = [
        lambda guider: guider.combining(partial(Projected, eta=0.5, norm_threshold=10.0)),
        lambda guider: guider.adding(perturbed_attention(2.0)),
        lambda guider: guider.adding(skip_layer(1.5, ("output.2",))),
        lambda guider: guider.adding(SelfAttention()),
        lambda guider: guider.changing(Rescale(0.5)),
        lambda guider: guider.within(Interval(0.1, 0.9)),
        lambda guider: guider.freed(FreeU(1.3, 1.4, 0.9, 0.2)),
    ]
    found = []
    for order in permutations(add):
        guider = cfg
        for piece in order:
            guider = piece(guider)
        found.append(guider)
    answers = [guider.bind(unet, torch.float32, SIGMAS)(x, SIGMAS[1]) for guider in found[::720]]
    assert all(torch.equal(answer, answers[0]) for answer in answers)
    assert not torch.allclose(answers[0], cfg.bind(unet, torch.float32, SIGMAS)(x, SIGMAS[1]))


@pytest.mark.parametrize("second", [Projected, ZeroStar])
def test_a_second_rule_is_refused(cfg, model, parts, second):
    message = "plain classifier-free guidance, got one with .*; only one rule can combine"
    with pytest.raises(GraphEngineError, match=message):
        cfg.combining(Projected).combining(second)
    with pytest.raises(GraphEngineError, match="got one with dual guidance"):
        Guider(model, Dual(parts[0], parts[0], parts[1], 7.0, 1.5)).combining(second)


def test_what_needs_an_unconditional_prediction_is_refused_without_one(model, parts):
    guider = Guider(model, Unguided(parts[0]))
    for add in (
        lambda: guider.changing(DynamicThreshold()),
        lambda: guider.within(Interval(0.2, 0.8)),
        lambda: guider.combining(Projected),
    ):
        with pytest.raises(GraphEngineError, match=r"use cfg_guider|start from cfg_guider"):
            add()


def test_a_second_one_of_a_kind_is_refused(cfg):
    for guider, again in (
        (cfg.changing(Rescale()), lambda guider: guider.changing(Rescale(0.1))),
        (cfg.within(Interval(0.2, 0.8)), lambda guider: guider.within(Interval(0.1, 0.9))),
        (cfg.freed(FreeU(1, 1, 1, 1)), lambda guider: guider.freed(FreeU(2, 2, 1, 1))),
    ):
        with pytest.raises(GraphEngineError, match="one that has it already"):
            again(guider)


def test_self_attention_guidance_with_areas_is_refused(model, parts):
    positive, (negative,) = parts
    in_part = [replace(negative, area=Area(0, 0, 32, 32))]
    with pytest.raises(GraphEngineError, match=r"'negative' for the whole picture.*set no areas"):
        Guider(model, ClassifierFree(positive, in_part, 5.0)).adding(SelfAttention())
    Guider(model, ClassifierFree(in_part, positive, 5.0)).adding(SelfAttention())


def test_a_conditioning_for_another_number_of_pictures_is_refused(model, unet, x, contexts):
    three = [ConditioningPart(contexts[0].expand(3, -1, -1))]
    denoise = Guider(model, ClassifierFree(three, three, 5.0)).bind(unet, torch.float32, SIGMAS)
    with pytest.raises(GraphEngineError, match="for 1 picture or for 2, got one for 3"):
        denoise(x, SIGMAS[0])


def test_an_empty_conditioning_is_refused_before_the_first_step(model, parts, unet):
    with pytest.raises(GraphEngineError, match=r"input 'negative': .*empty"):
        Guider(model, ClassifierFree(parts[0], [], 5.0)).bind(unet, torch.float32, SIGMAS)
    Guider(model, ClassifierFree(parts[0], [], 1.0)).bind(unet, torch.float32, SIGMAS)


def hooks(unet):
    return [hook for module in unet.modules() for hook in module._forward_pre_hooks.values()]


def test_the_network_is_as_it_was_after_use_and_after_an_exception(cfg, unet, x):
    plain = cfg.bind(unet, torch.float32, SIGMAS)(x, SIGMAS[1])
    weights = [weight.clone() for weight in unet.parameters()]
    everything = cfg.adding(perturbed_attention(2.0)).adding(SelfAttention()).freed(FreeU(1.3, 1.4, 0.9, 0.2))
    everything.bind(unet, torch.float32, SIGMAS)(x, SIGMAS[1])

    def interrupt(module, inputs):
        raise KeyboardInterrupt

    for interrupted in (unet.middle_block[2], unet.output_blocks[0][0], unet.out[0]):
        handle = interrupted.register_forward_pre_hook(interrupt)
        with pytest.raises(KeyboardInterrupt):
            everything.bind(unet, torch.float32, SIGMAS)(x, SIGMAS[1])
        handle.remove()
    assert hooks(unet) == []
    assert all(torch.equal(*pair) for pair in zip(weights, unet.parameters(), strict=True))
    assert torch.equal(cfg.bind(unet, torch.float32, SIGMAS)(x, SIGMAS[1]), plain)


@pytest.mark.parametrize("guidance", [1.0, 5.0])
def test_texts_are_projected_once_in_a_run(model, parts, unet, guidance):
    layers = [module.attn2.to_k for module in unet.modules() if hasattr(module, "attn2")]
    rows = []

    def count(layer, inputs, output):
        rows.append(len(output))

    handles = [layer.register_forward_hook(count) for layer in layers]
    guider = Guider(model, ClassifierFree(*parts, guidance)).adding(perturbed_attention(2.0))
    guider = guider.within(Interval(0.2, 0.8))
    try:
        for run in (1, 2):
            sigmas = karras(model.levels, 5)
            denoise = guider.bind(unet, torch.float32, sigmas.values)
            sample(denoise, torch.zeros(3, 4, 8, 8), sigmas, SAMPLERS["heun"], NoiseSource([1, 2, 3]))
            texts = 1 if guidance == 1 else 2
            assert sum(rows) == run * texts * len(layers)
    finally:
        for handle in handles:
            handle.remove()


def test_the_texts_of_a_run_are_forgotten_with_it(cfg, unet, x):
    kept = []
    attention = unet.middle_block[1].transformer_blocks[0].attn2
    original = CrossAttention.keys_values

    def watched(self, context):
        found = original(self, context)
        if self is attention:
            kept.append(weakref.ref(found[0]))
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CrossAttention, "keys_values", watched)
        denoise = cfg.bind(unet, torch.float32, SIGMAS)
        denoise(x, SIGMAS[0])
        denoise(x, SIGMAS[1])
    assert len(kept) == 2
    assert all(keys() is not None for keys in kept)
    gc.disable()
    try:
        del denoise
        assert all(keys() is None for keys in kept)
    finally:
        gc.enable()


def test_half_precision_reaches_the_network(cfg, unet, x):
    seen = []

    def network(latent, timesteps, context):
        seen.append((latent.dtype, context.dtype))
        return latent

    cfg.bind(network, torch.float16, SIGMAS)(x, SIGMAS[0])
    assert seen == [(torch.float16, torch.float16)]


def test_a_network_that_is_no_unet_cant_be_patched(cfg):
    for guider in (cfg.adding(perturbed_attention(2.0)), cfg.adding(SelfAttention())):
        with pytest.raises(GraphEngineError, match="a UNet whose attention can be changed"):
            guider.bind(lambda x, timesteps, context: x, torch.float32, SIGMAS)
    with pytest.raises(GraphEngineError, match="a UNet for FreeU, got function"):
        cfg.freed(FreeU(1, 1, 1, 1)).bind(lambda x, timesteps, context: x, torch.float32, SIGMAS)


def test_guidance_makes_the_same_picture_as_before_with_an_interval_that_holds_always(cfg, model, unet):
    sigmas = normal(model.levels, 4)
    pictures = [
        sample(
            guider.bind(unet, torch.float32, sigmas.values),
            torch.zeros(1, 4, 8, 8),
            sigmas,
            SAMPLERS["euler"],
            NoiseSource([3]),
        ).x
        for guider in (cfg, replace(cfg, interval=Interval(0.0, 1.0)))
    ]
    assert torch.equal(*pictures)
