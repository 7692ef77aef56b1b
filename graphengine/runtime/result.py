"""What a run gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphengine.artifacts import Artifact

if TYPE_CHECKING:
    from PIL.Image import Image as PillowImage


@dataclass(frozen=True)
class Result:
    """The pictures of a run that succeeded, and its work: `executed` and `cached` count nodes."""

    artifacts: tuple[Artifact, ...]
    executed: int
    cached: int
    seconds: float

    @property
    def images(self) -> list[PillowImage]:
        """The pictures in memory, in the order in which they were handed out."""
        from PIL import Image as Pillow

        pixels: list[Any] = [artifact.image for artifact in self.artifacts]
        return [Pillow.fromarray(each) for each in pixels if each is not None]
