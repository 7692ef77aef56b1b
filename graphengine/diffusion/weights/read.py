"""Open a file of weights, whatever its format, reading nothing but the list of its tensors."""

from collections.abc import Callable
from pathlib import Path

from graphengine.diffusion.weights.pickled_file import PickledFile
from graphengine.diffusion.weights.safetensors_file import SafetensorsFile
from graphengine.diffusion.weights.weights_file import WeightsFile
from graphengine.errors import ModelFileError

PICKLE_SUFFIXES = (".ckpt", ".pt", ".pth", ".bin")


def open_weights(path: Path, check: Callable[[], None] | None = None) -> WeightsFile:
    """Open a safetensors file, or a pickled checkpoint where the name says that it is one.

    check: called now and then while a file is read that can't be mapped; what it raises ends the reading.
    Raises ModelFileError for a file that is missing, unreadable, damaged or of another format.
    """
    try:
        if not path.exists():
            raise ModelFileError(f"{path}: no such file", kind="missing_model", got=str(path))
        if path.is_dir():
            raise ModelFileError(f"{path}: not a model file but a folder", kind="not_a_model", got="a folder")
        if path.suffix.lower() in PICKLE_SUFFIXES:
            return PickledFile(path, check)
        return SafetensorsFile(path)
    except OSError as error:
        raise ModelFileError(f"{path}: can't be read: {error.strerror or error}", got=str(error)) from error
