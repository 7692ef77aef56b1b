import torch
from torch.nn import functional

from graphengine.diffusion.models.tiny_decoder import TinyDecoder, TinyDecoderConfig
from graphengine.diffusion.training.previews import fit_colours, train_tiny_decoder
from graphengine.diffusion.training.run import Training


def test_the_fit_finds_a_map_that_is_linear():
    generator = torch.Generator().manual_seed(0)
    latents = torch.randn(3, 4, 4, 4, generator=generator)
    rgb, bias = torch.randn(4, 3, generator=generator), torch.randn(3, generator=generator)
    small = torch.einsum("bchw,cr->brhw", latents, rgb) + bias[:, None, None]
    found_rgb, found_bias = fit_colours(latents, functional.interpolate(small, scale_factor=8.0))
    torch.testing.assert_close(found_rgb.float(), rgb, atol=1e-4, rtol=0)
    torch.testing.assert_close(found_bias.float(), bias, atol=1e-4, rtol=0)


def test_the_decoder_learns_in_a_few_steps(tmp_path):
    torch.manual_seed(0)
    latents = torch.rand(8, 4, 10, 10) * 2 - 1
    pixels = functional.interpolate(latents[:, :3], scale_factor=8.0)
    decoder = TinyDecoder(TinyDecoderConfig(width=8))
    training = Training("tiny", decoder, tmp_path, 60, 5e-3, 0, torch.device("cpu"))
    losses = [float(line.split()[1]) for line in train_tiny_decoder(training, latents, pixels, batch=2)]
    assert sum(losses[-10:]) < 0.7 * sum(losses[:10])
