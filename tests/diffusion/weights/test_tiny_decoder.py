import pytest
import torch
from safetensors.torch import save_file

from graphengine.diffusion.models.tiny_decoder import TinyDecoder, TinyDecoderConfig
from graphengine.diffusion.weights.tiny_decoder import open_tiny_decoder
from graphengine.errors import ModelFileError
from graphengine.home import PACKAGED_MODELS
from tests.diffusion.random_weights import fill, write_checkpoint


@pytest.mark.parametrize("suffix", ["safetensors", "pth"])
def test_a_file_of_taesds_size_and_names_loads(tmp_path, suffix):
    weights = fill(TinyDecoder(TinyDecoderConfig())).state_dict()
    assert weights["1.weight"].shape == (64, 4, 3, 3)  # as taesd_decoder.safetensors has them
    assert weights["18.conv.4.bias"].shape == (64,)
    assert weights["19.weight"].shape == (3, 64, 3, 3)
    path = tmp_path / f"taesd_decoder.{suffix}"
    save_file(weights, path) if suffix == "safetensors" else torch.save(weights, path)
    opened = open_tiny_decoder(path)
    assert opened.config == TinyDecoderConfig()
    assert opened.parameters == sum(tensor.numel() for tensor in weights.values())
    loaded = opened.load(torch.device("cpu"), torch.float32)
    assert torch.equal(loaded.state_dict()["7.weight"], weights["7.weight"])


def test_the_decoder_of_shapes_is_small():
    path = PACKAGED_MODELS / "vae_approx" / "shapes_decoder.safetensors"
    assert path.stat().st_size < 1_000_000
    assert open_tiny_decoder(path).config == TinyDecoderConfig(width=16)


def test_another_model_is_refused(tmp_path):
    path = write_checkpoint(tmp_path / "taesd_decoder.safetensors")
    with pytest.raises(
        ModelFileError, match=r"tiny decoder .*expected tensor '1.weight', got no such tensor"
    ):
        open_tiny_decoder(path)
