"""What a sweep gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphengine.artifacts import Artifact
from graphengine.errors import Cancelled, GraphEngineError
from graphengine.events import State
from graphengine.runtime.grid import Coordinates
from graphengine.runtime.result import Result

if TYPE_CHECKING:
    from PIL.Image import Image as PillowImage


@dataclass(frozen=True, eq=False)
class Point:
    """One run of a sweep: its coordinates, and its result or why there is none."""

    coordinates: Coordinates
    result: Result | None = None
    error: GraphEngineError | None = None

    @property
    def state(self) -> State:
        """How it ended; a point that a cancelled sweep didn't come to counts as cancelled."""
        if self.error is None:
            return "succeeded"
        return "cancelled" if isinstance(self.error, Cancelled) else "failed"

    @property
    def artifacts(self) -> tuple[Artifact, ...]:
        """Its pictures."""
        return self.result.artifacts if self.result else ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, without the pixels."""
        return {
            "coordinates": dict(self.coordinates),
            "state": self.state,
            "artifacts": [artifact.to_dict() for artifact in self.artifacts],
            "error": self.error.to_dict() if self.error and self.state == "failed" else None,
        }


@dataclass(frozen=True, eq=False)
class SweepResult:
    """The points of a sweep in the order of the grid, and the sheet of their pictures, if there is one."""

    points: tuple[Point, ...]
    sheet: Artifact | None = None

    @property
    def state(self) -> State:
        """`failed` or `cancelled` if some point was."""
        states = {point.state for point in self.points}
        return "cancelled" if "cancelled" in states else "failed" if "failed" in states else "succeeded"

    @property
    def failed(self) -> tuple[Point, ...]:
        """The points that have no result, other than by being cancelled."""
        return tuple(point for point in self.points if point.state == "failed")

    @property
    def images(self) -> list[PillowImage]:
        """The pictures of all points, without the sheet."""
        return [image for point in self.points if point.result for image in point.result.images]
