"""Load a model file."""

from typing import NamedTuple

from graphengine.nodes.model_choices import Checkpoints
from graphengine.nodes.model_hash import model_hash

from graphengine.authoring import Choice, Context, node
from graphengine.diffusion.weights.checkpoint import VAE, DiffusionModel, TextEncoder, open_checkpoint
from graphengine.errors import ModelFileError


class Loaded(NamedTuple):
    """The three networks of a checkpoint; their weights stay in the file until they are used."""

    model: DiffusionModel
    text_encoder: TextEncoder
    vae: VAE


def file_hash(name: str, context: Context) -> str:
    """SHA-256 of the named checkpoint, remembered as long as the file stays as it is."""
    path = context.home.model_files().get(name)
    if path is None:
        found = ", ".join(context.home.model_files()) or "none"
        raise ModelFileError(f"there is no checkpoint '{name}'", expected=f"one of: {found}", got=name)
    digest: str = model_hash(path, context)
    return digest


@node(category="loaders", lane="io", fingerprint=file_hash)
def load_checkpoint(name: Choice[Checkpoints], *, context: Context) -> Loaded:
    """Open a Stable Diffusion checkpoint: UNet, text encoder and VAE from one file.

    name: a file in the home folder's models/, or an embedded model.
    """
    path = context.home.model_files()[name]
    checkpoint = open_checkpoint(path, file_hash(name, context), context.check_cancelled)
    return Loaded(checkpoint.model, checkpoint.text_encoder, checkpoint.vae)
