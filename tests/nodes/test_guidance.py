"""The nodes of guidance on `shapes`: each piece changes the prediction, and chains of them make pictures."""

import pytest
import torch
from graphengine.nodes.guidance import (
    dynamic_threshold,
    free_u,
    guidance_interval,
    perturbed_attention_guidance,
    projected_guidance,
    rescale_guidance,
    self_attention_guidance,
    skip_layer_guidance,
    zero_star_guidance,
)
from graphengine.nodes.guiders import (
    basic_guider,
    cfg_guider,
    dual_cfg_guider,
    perpendicular_negative_guider,
)

from graphengine.authoring import Conditioning, ConditioningPart
from graphengine.diffusion.models.text_encoder import encode_text
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.sample import sample
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.diffusion.sampling.schedules import karras
from graphengine.diffusion.weights.checkpoint import open_checkpoint
from graphengine.errors import GraphEngineError
from graphengine.home import PACKAGED_MODELS
from tests.shapes.scorer import look, to_pixels

CPU = torch.device("cpu")
PROMPT = "a large blue star on a yellow background"
STEPS = 8


@pytest.fixture(scope="module")
def checkpoint():
    return open_checkpoint(PACKAGED_MODELS / "shapes.safetensors")


@pytest.fixture(scope="module")
def unet(checkpoint):
    return checkpoint.model.load(CPU, torch.float32)


@pytest.fixture(scope="module")
def texts(checkpoint):
    encoder = checkpoint.text_encoder.load(CPU, torch.float32)
    with torch.inference_mode():
        encoded = encode_text(encoder, [PROMPT, "a red circle", "", "a blue star"])
    return [Conditioning([ConditioningPart(each.clone())]) for each in encoded.split(1)]


@pytest.fixture(scope="module")
def picture_of(checkpoint, unet):
    """What the scorer sees in the picture that a guider makes."""
    autoencoder = checkpoint.vae.load(CPU, torch.float32)

    def picture_of(guider):
        sigmas = karras(checkpoint.model.levels, STEPS)
        denoise = guider.bind(unet, torch.float32, sigmas.values)
        x_0 = torch.zeros(1, 4, 16, 16)
        sampled = sample(denoise, x_0, sigmas, SAMPLERS["dpmpp_2m"], NoiseSource([3]))
        with torch.inference_mode():
            return look(to_pixels(autoencoder.decode(sampled.x)[0]))

    return picture_of


GUIDERS = {
    "no guidance": lambda model, a, b, empty, part: basic_guider(model, a),
    "classifier-free": lambda model, a, b, empty, part: cfg_guider(model, a, b, 4.0),
    "dual": lambda model, a, b, empty, part: dual_cfg_guider(model, a, part, empty, 3.0, 2.0),
    "dual, nested": lambda model, a, b, empty, part: dual_cfg_guider(
        model, a, part, empty, 2.0, 2.0, "nested"
    ),
    "perpendicular": lambda model, a, b, empty, part: perpendicular_negative_guider(model, a, b, empty, 4.0),
}

PIECES = {
    "interval": lambda guider: guidance_interval(guider),
    "rescale": lambda guider: rescale_guidance(guider),
    "threshold": lambda guider: dynamic_threshold(guider, mimic_scale=2.0),
    "APG": lambda guider: projected_guidance(guider, norm_threshold=5.0),
    "CFG-Zero*": lambda guider: zero_star_guidance(guider),
    "SLG": lambda guider: skip_layer_guidance(guider, 1.0, "input.5, input.7", 0.0, 0.9),
    "PAG": lambda guider: perturbed_attention_guidance(guider, 1.0, "input.5, middle"),
    "SAG": lambda guider: self_attention_guidance(guider),
    "FreeU": lambda guider: free_u(guider, 1.1, 1.1, 0.95, 0.95),
    "several": lambda guider: free_u(rescale_guidance(perturbed_attention_guidance(
        guidance_interval(projected_guidance(guider, norm_threshold=5.0)), 1.0)), 1.05, 1.05, 1.0, 1.0),
}  # fmt: skip


def assert_obeyed(seen):
    assert seen is not None
    assert (seen.shape, seen.colour, seen.background) == ("star", "blue", "yellow")


@pytest.mark.parametrize("guider", GUIDERS.values(), ids=GUIDERS.keys())
def test_every_guider_draws_what_it_is_told(checkpoint, texts, picture_of, guider):
    assert_obeyed(picture_of(guider(checkpoint.model, *texts)))


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES.keys())
def test_every_piece_changes_the_picture_and_leaves_it_right(checkpoint, unet, texts, picture_of, piece):
    guider = cfg_guider(checkpoint.model, *texts[:2], 4.0)
    sigmas = karras(checkpoint.model.levels, STEPS).values
    x = torch.randn(1, 4, 16, 16, generator=torch.Generator().manual_seed(1)) * sigmas[0]
    with torch.no_grad():
        plain, changed = (each.bind(unet, torch.float32, sigmas) for each in (guider, piece(guider)))
        differences = [(plain(x, sigma) - changed(x, sigma)).abs().max() for sigma in (sigmas[0], sigmas[4])]
    assert max(differences) > 1e-3
    assert_obeyed(picture_of(piece(guider)))


def test_layers_are_written_with_commas(checkpoint, texts):
    guider = perturbed_attention_guidance(
        cfg_guider(checkpoint.model, *texts[:2]), layers=" input.4,middle, "
    )
    assert guider.terms[0].layers == ("input.4", "middle")
    with pytest.raises(GraphEngineError, match="input 'layers': expected names of attention layers"):
        perturbed_attention_guidance(guider, layers=" , ")
