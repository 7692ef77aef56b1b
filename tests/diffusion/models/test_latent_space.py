import torch
from torch.nn import functional

from graphengine.diffusion.models.latent_space import LATENT_SPACES
from graphengine.diffusion.training.autoencoder import batch_of_pictures
from graphengine.diffusion.training.previews import fit_colours
from graphengine.diffusion.weights.checkpoint import open_checkpoint
from graphengine.home import PACKAGED_MODELS


def test_colours_are_linear_in_the_latent():
    space = LATENT_SPACES["sd1"]
    latent = torch.zeros(1, 4, 2, 3)
    assert torch.equal(space.colours(latent), torch.full((1, 3, 2, 3), 0.5))
    latent[:, 0, 1, 2] = 1
    torch.testing.assert_close(space.colours(latent)[0, :, 1, 2], (torch.tensor(space.rgb[0]) + 1) / 2)


def test_the_colours_of_shapes_are_the_best_fit_to_its_pictures():
    autoencoder = open_checkpoint(PACKAGED_MODELS / "shapes.safetensors").vae.load(
        torch.device("cpu"), torch.float32
    )
    pixels = batch_of_pictures("unseen by the fit", 24)
    latents = autoencoder.encode(pixels)
    small = functional.interpolate((pixels + 1) / 2, size=latents.shape[-2:], mode="area")
    shown = LATENT_SPACES["shapes"].colours(latents)
    error = (shown - small).square().mean()
    assert error < 0.3 * small.var()  # what no line explains: 27 %
    rgb, bias = fit_colours(latents, pixels)
    best = torch.einsum("bchw,cr->brhw", latents, rgb.float()) + bias.float()[:, None, None]
    assert error < 1.1 * ((best + 1) / 2 - small).square().mean()  # 24 pictures aren't the 768 of the fit
