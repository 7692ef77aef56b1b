import torch
from diffusers import AutoencoderTiny

from graphengine.diffusion.models.tiny_decoder import TinyDecoder, TinyDecoderConfig
from tests.diffusion.random_weights import fill, relative_error


def test_it_decodes_as_diffusers_does_from_the_same_weights():
    decoder = fill(TinyDecoder(TinyDecoderConfig(width=16)))
    twin = AutoencoderTiny(decoder_block_out_channels=(16,) * 4, encoder_block_out_channels=(16,) * 4)
    # diffusers applies the clamp outside of its numbered layers.
    shifted = {f"layers.{int(name.split('.')[0]) - 1}.{name.split('.', 1)[1]}": tensor
               for name, tensor in decoder.state_dict().items()}  # fmt: skip
    twin.decoder.load_state_dict(shifted)
    latent = torch.randn(2, 4, 6, 5, generator=torch.Generator().manual_seed(0)) * 3
    with torch.no_grad():
        expected = (twin.decode(latent).sample + 1) / 2
    assert relative_error(decoder(latent), expected) < 1e-5
