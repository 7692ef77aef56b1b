"""What is kept of a node that ran."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from graphengine.artifacts import Artifact
from graphengine.execution.cache.sizes import size_of

_ENTRY_OVERHEAD = 400


class Origin(NamedTuple):
    """The content address of a value: the output of that number of the node with this key.

    items: for a list that was put together from values with addresses of their own, those.
    """

    key: bytes
    output: int
    items: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """What one node gave: a value per output, and the artifacts that it handed out.

    size: bytes that it keeps in memory. seconds: what it took to make.
    origins: per output where the value comes from, for a node that passed on or put together what others
    made; None for a node that made them itself.
    """

    values: tuple[Any, ...]
    artifacts: tuple[Artifact, ...]
    size: int
    seconds: float = 0.0
    origins: tuple[Origin, ...] | None = None

    @classmethod
    def of(
        cls,
        values: tuple[Any, ...],
        artifacts: tuple[Artifact, ...] = (),
        seconds: float = 0.0,
        origins: tuple[Origin, ...] | None = None,
    ) -> Entry:
        """An entry with its size."""
        kept: Any = values[0] if len(values) == 1 and not artifacts else values
        if artifacts:
            kept = (values, [artifact.image for artifact in artifacts])
        return cls(values, artifacts, _ENTRY_OVERHEAD + size_of(kept), seconds, origins)

    def replayable(self) -> bool:
        """Whether an output node's effect is still there: it handed something out, and the files exist."""
        return bool(self.artifacts) and all(
            artifact.path is None or artifact.path.exists() for artifact in self.artifacts
        )
