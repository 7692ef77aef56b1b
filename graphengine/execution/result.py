"""What a run came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphengine.artifacts import Artifact
from graphengine.errors import GraphEngineError
from graphengine.events import State


@dataclass(frozen=True, eq=False)
class RunResult:
    """The end of a run; `values` holds the outputs of the wanted nodes, by node and output name.

    executed, cached: numbers of nodes; after a success they sum up to the plan.
    listener_error: what the listener raised; it got no more events after that.
    """

    state: State
    executed: int
    cached: int
    seconds: float
    artifacts: tuple[Artifact, ...] = ()
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    error: GraphEngineError | None = None
    listener_error: Exception | None = None
