"""What drop-downs offer that depends on the files on disk. Torch-free: validation reads it."""

from graphengine.authoring import Choices
from graphengine.home import Home


class Checkpoints(Choices):
    """The checkpoint files in the home folder's `models/`, and the embedded model."""

    @classmethod
    def options(cls, home: Home) -> list[str]:
        """Their names."""
        return list(home.model_files())

    @classmethod
    def hint(cls, home: Home) -> str:
        """Where to put one."""
        return f"put checkpoint files into {home.models}"
