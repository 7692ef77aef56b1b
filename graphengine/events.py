"""What a run tells while it goes on: one stream of typed events for progress bars, servers and tests."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from graphengine.artifacts import Artifact
from graphengine.errors import GraphEngineError

State = Literal["succeeded", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Queued:
    """The run begins; `nodes` are those that the wanted outputs need, in the order in which they will run."""

    event: ClassVar[Literal["queued"]] = "queued"
    nodes: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {"event": self.event, "nodes": list(self.nodes)}


@dataclass(frozen=True, slots=True)
class Started:
    """A node begins to run; for one that an expansion added, `parent` is the node that it runs for."""

    event: ClassVar[Literal["started"]] = "started"
    node: str
    parent: str | None = None

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {"event": self.event, "node": self.node, "parent": self.parent}


@dataclass(frozen=True, slots=True)
class Done:
    """A node has made its values, in so many seconds; one that was expanded, once all that ran for it has.

    values: by output, those that people can read: JSON, and what tells of itself; less of nodes that run in
    the place of another. cut: of values told in part, how many characters or items they have in all.
    """

    event: ClassVar[Literal["done"]] = "done"
    node: str
    seconds: float
    parent: str | None = None
    values: Mapping[str, Any] | None = None
    cut: Mapping[str, int] | None = None

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        about = {"event": self.event, "node": self.node, "seconds": self.seconds, "parent": self.parent}
        return _with_values(about, self.values, self.cut)


@dataclass(frozen=True, slots=True)
class Expanded:
    """A node is replaced by these nodes, which run in its place."""

    event: ClassVar[Literal["expanded"]] = "expanded"
    node: str
    nodes: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {"event": self.event, "node": self.node, "nodes": list(self.nodes)}


@dataclass(frozen=True, slots=True)
class Skipped:
    """A node doesn't run, since a node before it blocked what follows, for this reason."""

    event: ClassVar[Literal["skipped"]] = "skipped"
    node: str
    reason: str
    parent: str | None = None

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {"event": self.event, "node": self.node, "reason": self.reason, "parent": self.parent}


@dataclass(frozen=True, slots=True)
class Cached:
    """A node doesn't run, since its result, or a later one made from it, is known from before.

    values, cut: as of `Done`, as far as they are in memory.
    """

    event: ClassVar[Literal["cached"]] = "cached"
    node: str
    parent: str | None = None
    values: Mapping[str, Any] | None = None
    cut: Mapping[str, int] | None = None

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        about: dict[str, object] = {"event": self.event, "node": self.node, "parent": self.parent}
        return _with_values(about, self.values, self.cut)


@dataclass(frozen=True, slots=True)
class Progress:
    """A node has done `step` of `total` steps."""

    event: ClassVar[Literal["progress"]] = "progress"
    node: str
    step: int
    total: int
    text: str = ""

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        step = {"step": self.step, "total": self.total, "text": self.text}
        return {"event": self.event, "node": self.node, **step}


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture of work under way, as the bytes of a PNG file."""

    event: ClassVar[Literal["preview"]] = "preview"
    node: str
    image: bytes

    def to_dict(self) -> dict[str, object]:
        """The JSON form; the picture in base64."""
        return {"event": self.event, "node": self.node, "image": b64encode(self.image).decode("ascii")}


@dataclass(frozen=True, slots=True)
class Output:
    """A node hands out a finished picture."""

    event: ClassVar[Literal["output"]] = "output"
    node: str
    artifact: Artifact

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {"event": self.event, "node": self.node, "artifact": self.artifact.to_dict()}


@dataclass(frozen=True, slots=True)
class Failed:
    """The run stops at an error; `finished` follows."""

    event: ClassVar[Literal["failed"]] = "failed"
    error: GraphEngineError

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {"event": self.event, "error": self.error.to_dict()}


@dataclass(frozen=True, slots=True)
class CancelledRun:
    """The run stops since it was asked to; `finished` follows."""

    event: ClassVar[Literal["cancelled"]] = "cancelled"
    node: str | None = None

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {"event": self.event, "node": self.node}


@dataclass(frozen=True, slots=True)
class Finished:
    """The last event of every run; `executed`, `cached` and `skipped` are numbers of nodes."""

    event: ClassVar[Literal["finished"]] = "finished"
    state: State
    executed: int
    cached: int
    seconds: float
    artifacts: tuple[Artifact, ...] = ()
    error: GraphEngineError | None = None
    skipped: int = 0

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "event": self.event,
            "state": self.state,
            "executed": self.executed,
            "cached": self.cached,
            "skipped": self.skipped,
            "seconds": self.seconds,
            "artifacts": [artifact.to_dict() for artifact in self.artifacts],
            "error": None if self.error is None else self.error.to_dict(),
        }


def _with_values(
    about: dict[str, object], values: Mapping[str, Any] | None, cut: Mapping[str, int] | None
) -> dict[str, object]:
    if values:
        about["values"] = values
    if cut:
        about["cut"] = cut
    return about


Event = (
    Queued
    | Started
    | Done
    | Expanded
    | Cached
    | Skipped
    | Progress
    | Preview
    | Output
    | Failed
    | CancelledRun
    | Finished
)
Listener = Callable[[Event], None]
