"""Read a textual-inversion embedding (Gal et al. 2022) in the layouts that such files have.

- `emb_params`: AUTOMATIC1111's, as safetensors.
- `clip_l`: of an embedding for Stable Diffusion XL what Stable Diffusion 1's text encoder understands.
- one tensor of any name: diffusers', where the name is the word that was trained; and pickled ones, whose
  `string_to_param` is such a thing.
"""

import logging
import math
from pathlib import Path

import torch
from torch import Tensor

from graphengine.diffusion.weights.read import open_weights
from graphengine.diffusion.weights.weights_file import WeightsFile
from graphengine.errors import ModelFileError

logger = logging.getLogger(__name__)

OWN_TENSORS = ("emb_params", "clip_l")
OTHER_TENSORS = ("clip_g", "t5xxl")
"""Vectors for text encoders that Stable Diffusion 1 doesn't have."""


def read_embedding(path: Path) -> Tensor:
    """The vectors that stand in the place of a word's: [n, d], float32, on the CPU.

    Raises ModelFileError for a file that is no embedding, or is damaged.
    """
    file = open_weights(path)
    name = tensor_of(file)
    shape = file.entries[name].shape
    if len(shape) not in (1, 2) or not math.prod(shape) or not file.entries[name].dtype.is_floating_point:
        raise not_an_embedding(
            path, "vectors, [n, width]", f"'{name}' of shape {list(shape)}, {file.entries[name].dtype}"
        )
    if left_out := [other for other in OTHER_TENSORS if other in file.entries]:
        logger.warning(
            "embedding %s: %s left out: it is for a text encoder that Stable Diffusion 1 doesn't have",
            path.name,
            " and ".join(left_out),
        )
    ((_, tensor),) = file.tensors([name])
    vectors = tensor.detach().reshape(-1, shape[-1]).float()
    if not torch.isfinite(vectors).all():
        raise not_an_embedding(path, "numbers", "values that are infinite or no numbers")
    return vectors


def tensor_of(file: WeightsFile) -> str:
    """The name of the tensor that holds the vectors."""
    own = [name for name in OWN_TENSORS if name in file.entries]
    if own:
        return own[0]
    for other in OTHER_TENSORS:
        if other in file.entries:
            raise not_an_embedding(
                file.path, "vectors for Stable Diffusion 1's text encoder", f"only '{other}', for another one"
            )
    if len(file.entries) != 1:
        first = next(iter(file.entries), None)
        got = f"{len(file.entries)} tensors, such as '{first}'" if first else "a file without tensors"
        raise not_an_embedding(file.path, "a single tensor, or 'emb_params'", got)
    return next(iter(file.entries))


def not_an_embedding(path: Path, expected: str, got: str) -> ModelFileError:
    """The error for a sound file of something else."""
    return ModelFileError(
        f"{path}: not an embedding: expected {expected}, got {got}",
        kind="not_an_embedding",
        expected=expected,
        got=got,
    )
