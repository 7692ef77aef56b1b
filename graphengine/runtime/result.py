"""What a run gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphengine.artifacts import Artifact
from graphengine.errors import Cancelled

if TYPE_CHECKING:
    from PIL.Image import Image as PillowImage

    from graphengine.execution import RunResult


@dataclass(frozen=True)
class Result:
    """The pictures of a run that succeeded, and its work: `executed`, `cached` and `skipped` count nodes.

    values: what the nodes gave that were asked for, by node and output.
    """

    artifacts: tuple[Artifact, ...]
    executed: int
    cached: int
    seconds: float
    skipped: int = 0
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, ended: RunResult) -> Result:
        """From what the engine says; raises the error of a run that failed, or `Cancelled`."""
        if ended.error is not None:
            raise ended.error
        if ended.state == "cancelled":
            raise Cancelled
        return cls(ended.artifacts, ended.executed, ended.cached, ended.seconds, ended.skipped, ended.values)

    @property
    def images(self) -> list[PillowImage]:
        """The pictures, in the order in which they were handed out; read from disk if they are only there."""
        found = (picture_of(artifact) for artifact in self.artifacts)
        return [each for each in found if each is not None]


def picture_of(artifact: Artifact) -> PillowImage | None:
    """The picture as Pillow has it; None if it is neither in memory nor on disk."""
    from PIL import Image as Pillow

    pixels: Any = artifact.image
    if pixels is not None:
        return Pillow.fromarray(pixels)
    if artifact.path is None:
        return None
    try:
        with Pillow.open(artifact.path) as picture:
            return picture.convert("RGB")
    except OSError:  # moved or deleted since
        return None
