"""Prompt to picture beside diffusers' pipeline, on the weights of `shapes`: all parts theirs, or ours."""

from collections.abc import Callable
from typing import Any

import diffusers
import pytest
import torch
from diffusers import StableDiffusionPipeline
from torch import Tensor

from graphengine.diffusion.models.autoencoder import Autoencoder
from graphengine.diffusion.models.text_encoder import ClipText, encode_text
from graphengine.diffusion.models.tokenizer import tokenize
from graphengine.diffusion.models.unet import UNet
from graphengine.diffusion.sampling.network_denoiser import NetworkDenoiser
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.sample import sample
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.diffusion.sampling.schedules import ddim_uniform, karras, normal
from graphengine.diffusion.sampling.sigmas import Sigmas
from graphengine.diffusion.weights import detect
from graphengine.diffusion.weights.checkpoint import Checkpoint, open_checkpoint
from graphengine.diffusion.weights.load import load_module
from graphengine.diffusion.weights.read import open_weights
from graphengine.home import PACKAGED_MODELS
from tests.diffusion.models.diffusers_twins import autoencoder_twin, unet_twin
from tests.diffusion.models.test_text_encoder import transformers_twin
from tests.diffusion.random_weights import relative_error
from tests.diffusion.sampling.text_guidance import text_guidance

CPU = torch.device("cpu")
PROMPT, NEGATIVE = "a large blue star on a yellow background", "a red circle"
STEPS, GUIDANCE, SEED = 10, 7.5, 3
SD1 = {"beta_schedule": "scaled_linear", "beta_start": 0.00085, "beta_end": 0.012, "steps_offset": 1}
LEADING = {**SD1, "timestep_spacing": "leading"}
SOLVER = {
    "final_sigmas_type": "zero",
    "algorithm_type": "dpmsolver++",
    "solver_order": 2,
    "use_karras_sigmas": True,
}

CASES: dict[str, tuple[Any, Callable[..., Sigmas]]] = {
    "euler": (diffusers.EulerDiscreteScheduler(**SD1), normal),
    "heun": (diffusers.HeunDiscreteScheduler(**SD1), normal),
    "dpmpp_2m": (diffusers.DPMSolverMultistepScheduler(**SD1, **SOLVER), karras),
    "ddim": (diffusers.DDIMScheduler(**LEADING, set_alpha_to_one=True, clip_sample=False), ddim_uniform),
}


@pytest.fixture(scope="module")
def checkpoint() -> Checkpoint:
    return open_checkpoint(PACKAGED_MODELS / "shapes.safetensors")


def noise() -> Tensor:
    return NoiseSource([SEED]).like(torch.zeros(1, 4, 16, 16))


def theirs(checkpoint: Checkpoint, scheduler: Any, first_sigma: float) -> Tensor:
    file = open_weights(checkpoint.path)
    text = load_module(
        lambda: ClipText(checkpoint.text_encoder.config), file, detect.TEXT, CPU, torch.float32
    )
    unet = load_module(lambda: UNet(checkpoint.model.config), file, detect.UNET, CPU, torch.float32)
    autoencoder = load_module(
        lambda: Autoencoder(checkpoint.vae.config), file, detect.VAE, CPU, torch.float32
    )
    text_encoder = transformers_twin(text)
    with torch.inference_mode():
        positive, negative = (text_encoder(tokenize([text])).last_hidden_state for text in (PROMPT, NEGATIVE))
    pipeline = StableDiffusionPipeline(
        vae=autoencoder_twin(autoencoder),
        text_encoder=None,
        tokenizer=None,
        unet=unet_twin(unet),
        scheduler=scheduler,
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    pipeline.set_progress_bar_config(disable=True)
    scheduler.set_timesteps(STEPS)
    # We start from sigma * eps. A scheduler in unit variance starts from that over sqrt(sigma^2 + 1), those
    # in the scale of sigma from their init_noise_sigma * eps.
    start = first_sigma if scheduler.init_noise_sigma > 2 else first_sigma / (first_sigma**2 + 1) ** 0.5
    made = pipeline(
        prompt_embeds=positive,
        negative_prompt_embeds=negative,
        latents=noise() * (start / scheduler.init_noise_sigma),
        height=128,
        width=128,
        num_inference_steps=STEPS,
        guidance_scale=GUIDANCE,
        output_type="pt",
    )
    return made.images


@pytest.mark.parametrize("name", CASES)
def test_whole_pictures_agree_with_diffusers(checkpoint: Checkpoint, name: str) -> None:
    scheduler, schedule = CASES[name]
    sigmas = schedule(checkpoint.model.levels, STEPS)
    expected = theirs(checkpoint, scheduler, sigmas.values[0].item())

    unet = checkpoint.model.load(CPU, torch.float32)
    text_encoder = checkpoint.text_encoder.load(CPU, torch.float32)
    autoencoder = checkpoint.vae.load(CPU, torch.float32)

    def predict(x: Tensor, timesteps: Tensor, context: Tensor) -> Tensor:
        # Their DPM-Solver shows the network whole timesteps, ours the exact ones.
        return unet(x, timesteps.round() if name == "dpmpp_2m" else timesteps, context)

    guidance = text_guidance(
        NetworkDenoiser(predict, checkpoint.model.levels),
        encode_text(text_encoder, [PROMPT]),
        encode_text(text_encoder, [NEGATIVE]),
        GUIDANCE,
    )
    sampled = sample(guidance, torch.zeros(1, 4, 16, 16), sigmas, SAMPLERS[name], NoiseSource([SEED]))
    with torch.inference_mode():
        made = (autoencoder.decode(sampled.x) / 2 + 0.5).clamp(0, 1)
    assert made.std() > 0.05
    assert relative_error(made, expected) < 1e-4
