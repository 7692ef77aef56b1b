"""The model files there are, with what is known of each."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphengine.home import Home, preview_of
from graphengine.runtime.native_size import native_side

if TYPE_CHECKING:
    from graphengine.diffusion.weights.hashing import FileHashes


CHECKPOINTS = "checkpoints"
HASHES = "hashes.json"
"""In the cache folder: what was hashed before; nodes that load models keep it too."""


@dataclass(frozen=True)
class ModelFile:
    """A file that workflows can name; `sha256` is None until it was used once.

    preview: whether a picture lies beside it.
    side: of the squares that a checkpoint was trained on, in pixels; None where that isn't known.
    """

    name: str
    kind: str
    size: int
    sha256: str | None
    preview: bool
    side: int | None
    path: Path

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {**asdict(self), "path": str(self.path)}


def find_models(home: Home) -> list[ModelFile]:
    """Every model file of every kind, by kind and name."""
    hashes = file_hashes(home)
    return [
        ModelFile(
            name,
            kind,
            path.stat().st_size,
            hashes.known(path),
            preview_of(path) is not None,
            native_side(path) if kind == CHECKPOINTS else None,
            path,
        )
        for kind in home.model_kinds()
        for name, path in home.model_files(kind).items()
    ]


def file_hashes(home: Home) -> "FileHashes":
    """The hashes of model files that the home folder remembers."""
    from graphengine.diffusion.weights.hashing import FileHashes

    return FileHashes(home.cache / HASHES)
