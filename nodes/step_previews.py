"""What a picture looks like while it is being made."""

from collections.abc import Callable

from torch import Tensor

from graphengine.authoring import Context
from graphengine.diffusion.models.latent_space import LATENT_SPACES, LatentSpace
from graphengine.diffusion.sampling.previews import PacedPreviews
from graphengine.diffusion.sampling.sample import ignore
from graphengine.diffusion.sampling.samplers import Step
from graphengine.diffusion.weights.checkpoint import DiffusionModel
from graphengine.diffusion.weights.tiny_decoder import open_tiny_decoder
from graphengine.errors import OutOfMemory
from graphengine.memory.residency import Residency

DECODERS = "vae_approx"
"""The kind of model file that tiny decoders are."""


def step_previews(model: DiffusionModel, context: Context) -> Callable[[Step], None]:
    """What shows the estimate of the first picture of a batch, for models whose latents are known.

    Through a tiny decoder where there is one in `models/vae_approx/`, else by a colour for each latent
    position. Raises ModelFileError for a decoder's file that is damaged.
    """
    space = LATENT_SPACES.get(model.latents or "")
    if space is None:
        return ignore
    decode = tiny_decoder(space, context) or space.colours

    def show(step: Step) -> None:
        context.preview(decode(step.denoised[:1])[0].movedim(0, -1))  # H W 3

    return PacedPreviews(show)


def tiny_decoder(space: LatentSpace, context: Context) -> Callable[[Tensor], Tensor] | None:
    """From a latent [1, c, h, w] to its picture in 0..1; None where there is no file for it."""
    files = context.home.model_files(DECODERS).values()
    path = next((path for path in files if path.stem == space.tiny_decoder), None)
    if path is None:
        return None
    file, residency = open_tiny_decoder(path), context.service(Residency)

    def decode(latent: Tensor) -> Tensor:
        try:
            with residency.use(file) as decoder:
                return decoder(latent.to(residency.dtype)).float()  # type: ignore[no-any-return]
        except OutOfMemory:
            return space.colours(latent)

    return decode
