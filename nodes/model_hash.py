"""What a model file contains, for the keys of what is made with it."""

from pathlib import Path

from graphengine.authoring import Context
from graphengine.diffusion.weights.hashing import FileHashes


def model_hash(path: Path, context: Context) -> str:
    """SHA-256 of a model file, remembered as long as it stays as it is; tells how far it is."""

    def on_chunk(done: int, total: int) -> None:
        context.check_cancelled()
        context.progress(done, total, f"hashing {path.name}")

    return FileHashes(context.home.cache / "hashes.json").sha256(path, on_chunk)
