"""The model files there are, with what is known of each."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from graphengine.home import Home


@dataclass(frozen=True)
class ModelFile:
    """A file that workflows can name; `sha256` is None until it was used once."""

    name: str
    kind: str
    size: int
    sha256: str | None
    path: Path

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {**asdict(self), "path": str(self.path)}


def find_models(home: Home) -> list[ModelFile]:
    """Every model file of every kind, by kind and name."""
    from graphengine.diffusion.weights.hashing import FileHashes

    hashes = FileHashes(home.cache / "hashes.json")
    return [
        ModelFile(name, kind, path.stat().st_size, hashes.known(path), path)
        for kind in home.model_kinds()
        for name, path in home.model_files(kind).items()
    ]
