from pathlib import Path

import torch

from graphengine.diffusion.models.autoencoder import AutoencoderConfig
from graphengine.diffusion.models.latent_space import LATENT_SPACES
from graphengine.diffusion.weights import latent_space
from graphengine.diffusion.weights.checkpoint import open_checkpoint
from graphengine.diffusion.weights.latent_space import detect_latent_space
from graphengine.diffusion.weights.read import open_weights
from graphengine.home import PACKAGED_MODELS
from tests.diffusion.random_weights import checkpoint_tensors, write_checkpoint

SHAPES = PACKAGED_MODELS / "shapes.safetensors"


def test_shapes_is_known_by_its_autoencoder_in_any_precision(tmp_path):
    assert open_checkpoint(SHAPES).model.latents == "shapes"
    file = open_weights(SHAPES)
    copied = write_checkpoint(tmp_path / "copy.safetensors", dict(file.tensors(file.entries)), torch.float32)
    assert open_checkpoint(copied).model.latents == "shapes"


def test_an_autoencoder_of_full_size_has_the_latents_of_stable_diffusion_1():
    assert detect_latent_space(Path("nothing is read"), AutoencoderConfig()) == "sd1"


def test_an_unknown_autoencoder_has_unknown_latents(tmp_path):
    tensors = checkpoint_tensors()
    assert open_checkpoint(write_checkpoint(tmp_path / "tiny.safetensors", tensors)).model.latents is None


def test_every_known_space_has_colours():
    assert {"sd1", *latent_space.KNOWN.values()} == set(LATENT_SPACES)
    for space in LATENT_SPACES.values():
        assert space.colours(torch.zeros(1, 4, 2, 2)).shape == (1, 3, 2, 2)
