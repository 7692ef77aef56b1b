"""What a run hands out: pictures, in a file or in memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, eq=False)
class Artifact:
    """One picture; `image` is a uint8 array [H, W, 3] in memory, `path` the file it was written to."""

    node: str
    path: Path | None
    width: int
    height: int
    seed: int | None = None
    image: object | None = None

    def to_dict(self) -> dict[str, str | int | None]:
        """The JSON form, without the pixels."""
        return {
            "node": self.node,
            "path": None if self.path is None else str(self.path),
            "width": self.width,
            "height": self.height,
            "seed": self.seed,
        }
